import { chmod, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RandomBytes } from '../ambient/random.js';
import { KEY_LABELS } from './crypto-gen.js';

const FOLDER_MODE = 0o700;

/** Where a site of the EHR keeps what is asked for here. */
export interface SitePaths {
  /** Folder of the drive keys, one file per label. */
  keyFolder: string;
  /** Encrypted PEM of the token signer. */
  privateKey: string;
  /** PEM which the EHR's API verifies tokens with. */
  publicKey: string;
}

/** PEM texts of the token signer as found; null for a file that is not there. */
export interface CertificateFiles {
  privateKey: string | null;
  publicKey: string | null;
}

/** A site folder cannot be read or written, or holds what must not be replaced. The message names the paths. */
export class SiteFolderError extends Error {
  override readonly name = 'SiteFolderError';
}

/** @param siteDir the folder of one site, `sites/<site>` of an EHR installation */
export function sitePaths(siteDir: string): SitePaths {
  const certificates = join(siteDir, 'documents', 'certificates');
  return {
    keyFolder: join(siteDir, 'documents', 'logs_and_misc', 'methods'),
    privateKey: join(certificates, 'oaprivate.key'),
    publicKey: join(certificates, 'oapublic.key'),
  };
}

/**
 * Reads the drive keys that a site has.
 * @returns label -> content of the file
 * @throws SiteFolderError when a file is there and cannot be read
 */
export async function readDriveKeyFiles(siteDir: string): Promise<Map<string, string>> {
  const { keyFolder } = sitePaths(siteDir);
  const files = new Map<string, string>();
  for (const label of KEY_LABELS) {
    const content = await findFileText(join(keyFolder, label));
    if (content !== null) files.set(label, content);
  }
  return files;
}

/**
 * Reads the PEM files of the token signer.
 * @throws SiteFolderError when a file is there and cannot be read
 */
export function readCertificateFiles(siteDir: string): Promise<CertificateFiles> {
  return readPemFiles(sitePaths(siteDir));
}

/** The same for files elsewhere. @throws SiteFolderError when a file is there and cannot be read */
export async function readPemFiles(paths: Pick<SitePaths, 'privateKey' | 'publicKey'>): Promise<CertificateFiles> {
  return { privateKey: await findFileText(paths.privateKey), publicKey: await findFileText(paths.publicKey) };
}

/**
 * Lists the key and certificate files that a site already has.
 * @returns paths; empty for a new site
 * @throws SiteFolderError when a folder cannot be searched
 */
export async function existingKeyFiles(siteDir: string): Promise<string[]> {
  const paths = sitePaths(siteDir);
  const found: string[] = [];
  for (const path of [...KEY_LABELS.map((label) => join(paths.keyFolder, label)), paths.privateKey, paths.publicKey]) {
    if (await exists(path)) found.push(path);
  }
  return found;
}

/**
 * Writes a file so that a reader sees all of it or nothing, making the folders above it (0700) where they are missing.
 * @param mode exact permission bits, whatever the process's mask
 * @throws SiteFolderError
 */
export async function writeSiteFile(path: string, content: string, mode: number, random: RandomBytes): Promise<void> {
  const draft = `${path}.${random.bytes(8).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    try {
      await writeDraft(draft, content, mode);
      await rename(draft, path);
    } catch (error) {
      await unlink(draft).catch(() => undefined); // what matters is why the write failed
      throw error;
    }
  } catch (error) {
    throw asSiteFolderError('write', path, error);
  }
}

async function writeDraft(draft: string, content: string, mode: number): Promise<void> {
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(content, 'utf8');
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(draft, mode);
}

async function findFileText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw asSiteFolderError('read', path, error);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw asSiteFolderError('look at', path, error);
  }
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

function asSiteFolderError(action: string, path: string, error: unknown): SiteFolderError {
  return new SiteFolderError(`cannot ${action} ${path}: ${codeOf(error)}`, { cause: error });
}
