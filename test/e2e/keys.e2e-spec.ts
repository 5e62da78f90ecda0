import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EHR_VECTORS, vectorSiteFiles } from '../support/ehr-vectors.js';
import { writeVectorSiteFolder } from '../support/mariadb.js';
import { ProgramSite } from '../support/program.js';
import { TEST_DATABASE } from '../support/start-server.js';

interface Listed {
  readonly origin: string;
  readonly siteDir: string;
  readonly signingKey: { readonly kid: string; readonly fingerprint: string; readonly bits: number } | null;
  readonly keys: ReadonlyArray<{ readonly label: string; readonly place: string; readonly state: string; readonly isNeeded: boolean }>;
}

const PASS_PHRASE = { CHARTKEY_BUNDLE_PASSPHRASE: 'correct horse battery' };
const isNotShown = (text: string): void => {
  for (const content of vectorSiteFiles().values()) expect(text).not.toContain(content.trim().split('\n').at(-2) ?? content.trim());
};

describe('chartkey keys', () => {
  let site: ProgramSite;
  let ehrFolder: string;
  const bundle = (): string => join(site.folder, 'bundle');
  const failed = async (words: string[], settings: Record<string, string>, input?: string): Promise<string> => {
    const { status, stdout, stderr } = await site.run(words, settings, input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at /);
    return stderr;
  };

  beforeAll(async () => {
    site = await ProgramSite.create();
    ehrFolder = join(site.folder, 'ehr');
    writeVectorSiteFolder(ehrFolder);
    await site.run(['cleanup']); // makes the embedded database, whose keys are made with it
  });
  afterAll(() => site.close());

  it('list says which keys are in use, and shows none', async () => {
    const { status, stdout, stderr } = await site.run(['keys', 'list', '--json']);
    expect([status, stderr]).toEqual([0, '']);
    isNotShown(stdout);
    const { origin, signingKey, keys } = JSON.parse(stdout) as Listed;
    expect(origin).toBe(TEST_DATABASE === 'mysql' ? 'ehr' : 'embedded');
    expect(signingKey).toMatchObject({ bits: 2048, algorithm: 'RS256', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(keys.filter(({ isNeeded }) => isNeeded).map(({ label, state }) => [label, state])).toEqual(
      expect.arrayContaining([
        ['sevena', 'present'],
        ['sevenb', 'present'],
      ]),
    );
  });

  it('export writes one file, for its owner alone, in which no key can be read, and overwrites none', async () => {
    const settings = { ...PASS_PHRASE, OPENEMR_SITE_DIR: ehrFolder };
    const { files } = await site.json<{ files: string[] }>(['keys', 'export', '--file', bundle()], settings);
    expect(files.sort()).toEqual([...vectorSiteFiles().keys()].sort());
    expect(statSync(bundle()).mode & 0o777).toBe(0o600);
    const text = readFileSync(bundle(), 'utf8');
    isNotShown(text);
    expect(await failed(['keys', 'export', '--file', bundle()], settings)).toContain('exists already');
    expect(readFileSync(bundle(), 'utf8')).toBe(text);
  });

  it('export needs a pass phrase, and not a short one', async () => {
    const file = join(site.folder, 'other');
    const settings = { OPENEMR_SITE_DIR: ehrFolder };
    expect(await failed(['keys', 'export', '--file', file], settings)).toContain('no pass phrase');
    expect(await failed(['keys', 'export', '--file', file], settings, 'short\n')).toContain('at least 12');
    expect(existsSync(file)).toBe(false);
  });

  if (TEST_DATABASE === 'embedded') {
    it('import leaves the demo EHR alone', async () => {
      expect(await failed(['keys', 'import', '--file', bundle()], PASS_PHRASE)).toContain('DATABASE_URL');
    });
    return;
  }

  describe('import, where the folder of the EHR is out of reach', () => {
    const here = { OPENEMR_SITE_DIR: '' };
    const importing = (file = bundle()): string[] => ['keys', 'import', '--file', file];
    const imported = (): string => join(site.folder, 'data', 'ehr-site');
    const shortened = (): string => {
      const path = join(site.folder, 'short');
      writeFileSync(path, readFileSync(bundle()).subarray(0, 500));
      return path;
    };

    afterEach(() => rmSync(imported(), { recursive: true, force: true }));

    it('refuses what does not open or fit, and writes nothing', async () => {
      const settings = { ...PASS_PHRASE, ...here };
      expect(await failed(importing(), { ...here, CHARTKEY_BUNDLE_PASSPHRASE: 'incorrect horse' })).toContain('pass phrase');
      expect(await failed(importing(shortened()), settings)).toContain('cut short');
      await site.query("UPDATE `keys` SET value = ? WHERE name = 'sevenb'", [Buffer.alloc(32, 7).toString('base64')]);
      expect(await failed(importing(), settings)).toMatch(/do not fit this database: key sevena of the folder .*bundle/);
      await site.query("UPDATE `keys` SET value = ? WHERE name = 'sevenb'", [
        Buffer.from(EHR_VECTORS.keys.database_raw_hex['sevenb'] ?? '', 'hex').toString('base64'),
      ]);
      expect(existsSync(imported())).toBe(false);
    });

    it("lets a server sign with the EHR's key, and says so", async () => {
      const ended = await site.run(importing(), here, `${PASS_PHRASE.CHARTKEY_BUNDLE_PASSPHRASE}\n`);
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      isNotShown(ended.stdout);
      const siteDir = join(imported(), 'default');
      for (const [path, content] of vectorSiteFiles()) {
        expect(readFileSync(join(siteDir, path), 'utf8')).toBe(content);
        expect(statSync(join(siteDir, path)).mode & 0o777).toBe(0o600);
      }
      for (const folder of ['', 'documents', 'documents/certificates']) expect(statSync(join(siteDir, folder)).mode & 0o777).toBe(0o700);
      expect(await site.json<Listed>(['keys', 'list'], here)).toMatchObject({ origin: 'imported', siteDir });
      const server = await site.serve(here);
      const { keys } = (await (await fetch(`${server.issuer}/jwk`)).json()) as { keys: Array<{ n: string }> };
      const { stdout } = await server.stop();
      expect(keys.map(({ n }) => n)).toEqual([EHR_VECTORS.oauth_keys.jwk.n]);
      expect(stdout).toMatch(/Keys +the EHR's own, imported/);
      expect(stdout).not.toContain('OPENEMR_SITE_DIR');
      expect((await site.run(['doctor', '--quick', '--json'], here)).stdout).toContain('"keys.imported"');
      expect(await failed(importing(), { ...PASS_PHRASE, ...here })).toContain('--replace');
    });
  });

  it('list ends with 1 when a key is needed and missing, and names it', async () => {
    const folder = join(site.folder, 'site');
    rmSync(join(folder, 'documents/logs_and_misc/methods/sevena'));
    const { status, stdout } = await site.run(['keys', 'list']);
    expect(status).toBe(1);
    expect(stdout).toContain(`key sevena of the folder ${join(folder, 'documents/logs_and_misc/methods')} is missing`);
    expect(stdout).toMatch(/sevena +drive +missing +yes/);
    writeVectorSiteFolder(folder);
  });
});
