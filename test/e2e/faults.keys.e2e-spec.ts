import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explain, statusOf } from '../../src/cli/exit-status.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { Config } from '../../src/platform/config/config.js';
import { openEhrSite } from '../../src/platform/ehr/open-ehr-site.js';
import { startServer, type TestServer } from '../support/start-server.js';

const KEYS = 'documents/logs_and_misc/methods';
const CERTIFICATES = 'documents/certificates';
const OTHER = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

/** What opens the site's keys at each start; the exit status of the program is tried with the program. */
describe('Key files that are missing or wrong', () => {
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chartkey-keys-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens a copy of the site after something was done to it. @returns what the program would say */
  const complaintAfter = async (harm: (site: string) => void): Promise<string> => {
    const { config } = server;
    const site = join(folder, 'embedded-site'); // where the embedded database looks; elsewhere the setting says it
    cpSync(config.ehrSiteDir ?? join(config.dataDir, 'embedded-site'), site, { recursive: true });
    harm(site);
    const damaged = new Config({ ...config, dataDir: folder, ehrSiteDir: config.ehrSiteDir && site });
    const error: unknown = await openEhrSite(server.database, damaged, new SystemRandom()).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect([error !== null, statusOf(error)]).toEqual([true, 2]);
    expect(explain(error)).not.toMatch(/\n\s+at |BEGIN/);
    return explain(error);
  };

  it.each(['sevena', 'sevenb'])('name the key of the site that is missing: %s', async (name) => {
    expect(await complaintAfter((site) => rmSync(join(site, KEYS, name)))).toContain(name);
  });

  it('name the key of the site that is no key', async () => {
    expect(await complaintAfter((site) => writeFileSync(join(site, KEYS, 'sevena'), 'not what it was'))).toContain('sevena');
  });

  it.each(['oaprivate.key', 'oapublic.key'])('name the half of the token signer that is missing: %s', async (name) => {
    expect(await complaintAfter((site) => rmSync(join(site, CERTIFICATES, name)))).toContain(join(CERTIFICATES, name));
  });

  it.each([
    ['oaprivate.key', 'not a key'],
    ['oapublic.key', 'not a key'],
    ['oapublic.key', OTHER.publicKey],
    ['oaprivate.key', OTHER.privateKey],
  ])('name the half of the token signer that is no key, or another one: %s', async (name, text) => {
    expect(await complaintAfter((site) => writeFileSync(join(site, CERTIFICATES, name), text))).toContain(name);
  });

  it('name a file that cannot be read', async () => {
    const complaint = await complaintAfter((site) => {
      rmSync(join(site, CERTIFICATES, 'oaprivate.key'));
      mkdirSync(join(site, CERTIFICATES, 'oaprivate.key'));
    });
    expect(complaint).toContain('oaprivate.key');
  });
});
