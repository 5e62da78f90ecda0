import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { finishPromotion, findNextSigner, nextSignerPaths, promoteNextSigner, writeNextSigner } from './next-signer.js';
import { readCertificateFiles, SiteFolderError, sitePaths, writeSiteFile } from './site-folder.js';

describe('The next token signer', () => {
  let siteDir: string;
  const random = new SeededRandom();
  const pems = { privateKey: 'new private', publicKey: 'new public' };

  beforeEach(async () => {
    siteDir = mkdtempSync(join(tmpdir(), 'chartkey-next-'));
    const paths = sitePaths(siteDir);
    await writeSiteFile(paths.privateKey, 'old private', 0o640, random);
    await writeSiteFile(paths.publicKey, 'old public', 0o664, random);
  });
  afterEach(() => rmSync(siteDir, { recursive: true, force: true }));

  it('waits beside the one in use, readable for whom that one is', async () => {
    expect(await findNextSigner(siteDir)).toBeNull();
    await writeNextSigner(siteDir, pems, random);
    expect(await findNextSigner(siteDir)).toEqual(pems);
    const { privateKey, publicKey } = nextSignerPaths(siteDir);
    expect([privateKey, publicKey].map((path) => statSync(path).mode & 0o777)).toEqual([0o640, 0o664]);
    expect(readFileSync(sitePaths(siteDir).privateKey, 'utf8')).toBe('old private');
  });

  it('takes the place of the one in use', async () => {
    await writeNextSigner(siteDir, pems, random);
    await promoteNextSigner(siteDir);
    expect(await readCertificateFiles(siteDir)).toEqual(pems);
    expect(await findNextSigner(siteDir)).toBeNull();
  });

  it('gets there after an interruption between its two files', async () => {
    await writeNextSigner(siteDir, pems, random);
    renameSync(nextSignerPaths(siteDir).privateKey, sitePaths(siteDir).privateKey);
    await finishPromotion(siteDir);
    expect(await readCertificateFiles(siteDir)).toEqual(pems);
  });

  it('is left waiting when nothing was interrupted', async () => {
    await writeNextSigner(siteDir, pems, random);
    await finishPromotion(siteDir);
    expect(await findNextSigner(siteDir)).toEqual(pems);
  });

  it('says which file is in the way', async () => {
    rmSync(sitePaths(siteDir).publicKey);
    await expect(writeNextSigner(siteDir, pems, random)).rejects.toThrow(SiteFolderError);
    await expect(promoteNextSigner(join(siteDir, 'elsewhere'))).rejects.toThrow(/cannot replace .*elsewhere.*oaprivate\.key/);
  });
});
