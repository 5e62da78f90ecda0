import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vectorSiteFiles } from '../../test/support/ehr-vectors.js';
import { writeVectorSiteFolder } from '../../test/support/mariadb.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase } from '../../test/support/test-database.js';
import { loadConfig } from '../platform/config/load-config.js';
import { KeyBundleError } from '../platform/ehr/key-bundle.js';
import { checkAbsent, checkImportable, gatherBundle, layOut, readBundleFile, tryBundle, writeBundleFile } from './key-carrier.js';

const random = new SeededRandom();
const BUNDLE = { site: 'default', files: vectorSiteFiles() };
const REAL = { DATABASE_URL: 'mysql://chartkey@db/openemr' };

describe('carrying keys', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chartkey-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gathers the key files of a site, and nothing else', async () => {
    writeVectorSiteFolder(folder);
    writeFileSync(path('documents/certificates/other.pem'), 'x');
    expect(await gatherBundle({ ehrSiteDir: folder, site: 'default' })).toEqual(BUNDLE);
  });

  it('says what a site lacks', async () => {
    await expect(gatherBundle({ ehrSiteDir: null, site: 'default' })).rejects.toThrow('OPENEMR_SITE_DIR');
    await expect(gatherBundle({ ehrSiteDir: folder, site: 'default' })).rejects.toThrow(/oaprivate\.key.*oapublic\.key.*methods/);
    writeVectorSiteFolder(folder);
    rmSync(path('documents/certificates/oapublic.key'));
    await expect(gatherBundle({ ehrSiteDir: folder, site: 'default' })).rejects.toThrow(/^missing: \S+oapublic\.key$/);
  });

  it('writes a file for its owner alone, once', async () => {
    await checkAbsent(path('bundle'));
    await writeBundleFile(path('bundle'), 'text');
    expect([statSync(path('bundle')).mode & 0o777, await readBundleFile(path('bundle'))]).toEqual([0o600, 'text']);
    await expect(checkAbsent(path('bundle'))).rejects.toThrow(KeyBundleError);
    await expect(writeBundleFile(path('bundle'), 'other')).rejects.toThrow('EEXIST');
    await expect(writeBundleFile(path('absent/bundle'), 'text')).rejects.toThrow('ENOENT');
  });

  it('reads no file that is not there or too large', async () => {
    await expect(readBundleFile(path('absent'))).rejects.toThrow('ENOENT');
    writeFileSync(path('large'), Buffer.alloc(1_048_577));
    await expect(readBundleFile(path('large'))).rejects.toThrow('too large');
  });

  it('lays the files out, all or none, and puts them in the place of others', async () => {
    const config = loadConfig({ ...REAL, CHARTKEY_DATA_DIR: folder });
    await layOut(config, BUNDLE, random);
    expect(readFileSync(path('ehr-site/default/documents/certificates/oapublic.key'), 'utf8')).toContain('PUBLIC KEY');
    writeFileSync(path('ehr-site/default/mark'), '');
    await layOut(config, BUNDLE, random);
    expect([readdirSync(path('ehr-site')), existsSync(path('ehr-site/default/mark'))]).toEqual([['default'], false]);
    writeFileSync(path('ehr-site/default/mark'), '');
    await expect(layOut(config, { ...BUNDLE, files: new Map([['x'.repeat(300), '']]) }, random)).rejects.toThrow('ENAMETOOLONG');
    expect([readdirSync(path('ehr-site')), existsSync(path('ehr-site/default/mark'))]).toEqual([['default'], true]);
  });

  it('imports where there is an EHR, no folder of it, and nothing imported yet', async () => {
    const check = (env: Record<string, string>, isReplaceable = false) =>
      checkImportable(loadConfig({ CHARTKEY_DATA_DIR: folder, ...env }), isReplaceable);
    expect(() => check({})).toThrow('DATABASE_URL');
    expect(() => check({ ...REAL, OPENEMR_SITE_DIR: '/site' })).toThrow('OPENEMR_SITE_DIR is set');
    expect(() => check(REAL)).not.toThrow();
    await layOut(loadConfig({ ...REAL, CHARTKEY_DATA_DIR: folder }), BUNDLE, random);
    expect(() => check(REAL)).toThrow('--replace');
    expect(() => check(REAL, true)).not.toThrow();
  });

  it('does not take the keys of another site', async () => {
    const database = await openTestDatabase([]);
    try {
      const { source, config, site } = database;
      const own = await gatherBundle({ ehrSiteDir: site.siteDir, site: 'default' });
      const tried = await tryBundle(source, config, own, 'bundle', random);
      expect(tried.oauthKeys.publicKey.equals(site.oauthKeys.publicKey)).toBe(true);
      await expect(tryBundle(source, config, BUNDLE, 'bundle', random)).rejects.toThrow(
        /do not fit this database: key sevena of the folder bundle/,
      );
      await expect(tryBundle(source, config, { ...own, site: 'north' }, 'bundle', random)).rejects.toThrow('of the site north');
    } finally {
      await database.close();
    }
  });
});
