import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemRandom } from '../ambient/random.js';
import { existingKeyFiles, readCertificateFiles, readDriveKeyFiles, SiteFolderError, sitePaths, writeSiteFile } from './site-folder.js';

const random = new SystemRandom();
let site = '';

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'chartkey-site-'));
});
afterEach(() => rm(site, { recursive: true, force: true }));

describe('writeSiteFile', () => {
  it('writes with the given mode into folders of 0700, leaving no draft', async () => {
    const path = join(site, 'a', 'b', 'file');
    const mask = process.umask(0o077);
    try {
      await writeSiteFile(path, 'content', 0o660, random);
    } finally {
      process.umask(mask);
    }
    expect(await readFile(path, 'utf8')).toBe('content');
    expect((await stat(path)).mode & 0o777).toBe(0o660);
    expect((await stat(join(site, 'a'))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(site, 'a', 'b'))).toEqual(['file']);
  });

  it('names the path when it cannot write, and leaves no draft', async () => {
    await mkdir(join(site, 'taken', 'child'), { recursive: true });
    await expect(writeSiteFile(join(site, 'taken'), 'x', 0o600, random)).rejects.toThrow(/^cannot write .*taken: E/);
    await writeFile(join(site, 'plain'), '');
    await expect(writeSiteFile(join(site, 'plain', 'below'), 'x', 0o600, random)).rejects.toThrow(SiteFolderError);
    expect((await readdir(site)).sort()).toEqual(['plain', 'taken']);
  });
});

describe('reading a site folder', () => {
  it('finds nothing in a folder that does not exist', async () => {
    const nowhere = join(site, 'nowhere');
    expect(await readDriveKeyFiles(nowhere)).toEqual(new Map());
    expect(await readCertificateFiles(nowhere)).toEqual({ privateKey: null, publicKey: null });
    expect(await existingKeyFiles(nowhere)).toEqual([]);
  });

  it('finds the key files that are there, and only those', async () => {
    const paths = sitePaths(site);
    await writeSiteFile(join(paths.keyFolder, 'sixa'), 'six\n', 0o640, random);
    await writeSiteFile(join(paths.keyFolder, 'notes.txt'), 'no key', 0o640, random);
    await writeSiteFile(paths.publicKey, 'pem', 0o660, random);
    expect(await readDriveKeyFiles(site)).toEqual(new Map([['sixa', 'six\n']]));
    expect(await readCertificateFiles(site)).toEqual({ privateKey: null, publicKey: 'pem' });
    expect(await existingKeyFiles(site)).toEqual([join(paths.keyFolder, 'sixa'), paths.publicKey]);
  });

  it('does not take an unreadable file for an absent one', async () => {
    await mkdir(join(sitePaths(site).keyFolder, 'sevena'), { recursive: true });
    await expect(readDriveKeyFiles(site)).rejects.toThrow(/^cannot read .*sevena: EISDIR$/);
  });
});
