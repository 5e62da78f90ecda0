import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemRandom } from '../ambient/random.js';
import { findOAuthKeys } from './oauth-keys.js';
import { SecretBox } from './secret-box.js';
import { existingKeyFiles, readDriveKeyFiles, SiteFolderError, sitePaths, writeSiteFile } from './site-folder.js';
import { createSiteKeys, loadKeyRing } from './site-keys.js';

const random = new SystemRandom();
let site = '';

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'chartkey-site-'));
});
afterEach(() => rm(site, { recursive: true, force: true }));

describe('loadKeyRing', () => {
  it('names the folder of the site when a key is missing', async () => {
    const ring = await loadKeyRing(site, new Map(), random);
    expect(() => ring.getKey('drive', 'one')).toThrow(`key one of the folder ${sitePaths(site).keyFolder} is missing`);
  });
});

describe('createSiteKeys', () => {
  it('makes a site that can seal, open and sign', async () => {
    const rows = await createSiteKeys(site, random);
    expect([...rows.keys()]).toEqual(['sevena', 'sevenb', 'oauth2key', 'oauth2passphrase']);
    expect([...(await readDriveKeyFiles(site)).keys()]).toEqual(['sevena', 'sevenb']);
    const ring = await loadKeyRing(site, rows, random);
    const keys = [
      ring.getKey('drive', 'sevena'),
      ring.getKey('drive', 'sevenb'),
      ring.getKey('database', 'sevena'),
      ring.getKey('database', 'sevenb'),
    ];
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(4);

    const box = new SecretBox(ring, { databaseEncryption: true });
    expect(box.open(rows.get('oauth2passphrase') ?? null)).toMatch(/^[A-Za-z0-9]{60}$/);
    expect(Buffer.from(box.open(rows.get('oauth2key') ?? null), 'base64')).toHaveLength(32);
    const signer = await findOAuthKeys(site, rows, box);
    expect(signer?.privateKey.asymmetricKeyDetails?.modulusLength).toBe(2048);
  });

  it('protects what it writes', async () => {
    await createSiteKeys(join(site, 'new'), random);
    const paths = sitePaths(join(site, 'new'));
    const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    expect(await mode(paths.privateKey)).toBe(0o640);
    expect(await mode(paths.publicKey)).toBe(0o660);
    expect(await mode(join(paths.keyFolder, 'sevena'))).toBe(0o640);
    expect(await mode(paths.keyFolder)).toBe(0o700);
    const pem = await readFile(paths.privateKey, 'utf8');
    expect(pem).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    expect(() => createPrivateKey({ key: pem, passphrase: 'guess' })).toThrow();
  });

  it('refuses a second time, and leaves everything as it was', async () => {
    await createSiteKeys(site, random);
    const before = await readFile(sitePaths(site).privateKey, 'utf8');
    await expect(createSiteKeys(site, random)).rejects.toThrow(SiteFolderError);
    expect(await readFile(sitePaths(site).privateKey, 'utf8')).toBe(before);
  });

  it('refuses over one leftover file, naming it', async () => {
    const { keyFolder } = sitePaths(site);
    await writeSiteFile(join(keyFolder, 'one'), 'x', 0o640, random);
    await expect(createSiteKeys(site, random)).rejects.toThrow(`key material exists: ${join(keyFolder, 'one')}`);
    expect(await existingKeyFiles(site)).toHaveLength(1);
  });

  it('refuses over rows of the database, naming them, and writes nothing', async () => {
    await expect(createSiteKeys(site, random, ['sixa', 'unrelated', 'oauth2key'])).rejects.toThrow(
      /exists: row sixa of the table keys, row oauth2key of the table keys$/,
    );
    expect(await existingKeyFiles(site)).toEqual([]);
  });
});
