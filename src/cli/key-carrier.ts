import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Config } from '../platform/config/config.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { BUNDLED_FILES, type KeyBundle, KeyBundleError } from '../platform/ehr/key-bundle.js';
import { EhrKeyRing } from '../platform/ehr/key-ring.js';
import { joinOAuthKeys, OAuthKeysError } from '../platform/ehr/oauth-keys.js';
import { openSecretBox, readKeyRows } from '../platform/ehr/open-ehr-site.js';
import { readCertificateFiles, readDriveKeyFiles, sitePaths, writeSiteFile } from '../platform/ehr/site-folder.js';
import { importedSiteDir } from '../platform/ehr/site-location.js';
import type { RandomBytes } from '../platform/ambient/random.js';

const OWNER_ONLY = 0o600;
/** A bundle of every key there is has some 20 KB. */
const LARGEST_BUNDLE = 1_048_576;

/**
 * Gathers the key files of the EHR's site folder.
 * @throws KeyBundleError naming what is missing; SiteFolderError when a file cannot be read
 */
export async function gatherBundle({ ehrSiteDir, site }: Pick<Config, 'ehrSiteDir' | 'site'>): Promise<KeyBundle> {
  if (ehrSiteDir === null) throw new KeyBundleError('OPENEMR_SITE_DIR is not set: keys are exported where the folder of the EHR is');
  const driveFiles = await readDriveKeyFiles(ehrSiteDir);
  const { privateKey, publicKey } = await readCertificateFiles(ehrSiteDir);
  const [paths, names] = [sitePaths(ehrSiteDir), sitePaths('')];
  const missing = [
    ...(privateKey === null ? [paths.privateKey] : []),
    ...(publicKey === null ? [paths.publicKey] : []),
    ...(driveFiles.size === 0 ? [`every key in ${paths.keyFolder}`] : []),
  ];
  if (privateKey === null || publicKey === null || missing.length > 0) throw new KeyBundleError(`missing: ${missing.join(', ')}`);
  const files: Array<[string, string]> = [...driveFiles].map(([label, content]) => [join(names.keyFolder, label), content]);
  return { site, files: new Map([...files, [names.privateKey, privateKey], [names.publicKey, publicKey]]) };
}

/** @throws KeyBundleError when the file exists already */
export async function checkAbsent(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) throw new KeyBundleError(`${path} exists already; nothing is overwritten`);
}

/** Writes a new file that its owner alone may read. @throws KeyBundleError when it exists already, or cannot be written */
export async function writeBundleFile(path: string, text: string): Promise<void> {
  try {
    const file = await open(path, 'wx', OWNER_ONLY);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(path, OWNER_ONLY);
  } catch (error) {
    throw new KeyBundleError(`cannot write ${path}: ${codeOf(error)}`, { cause: error });
  }
}

/** @throws KeyBundleError when it cannot be read, or is no bundle by its size */
export async function readBundleFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > LARGEST_BUNDLE) throw new KeyBundleError(`${path} is too large to be a key bundle`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof KeyBundleError) throw error;
    throw new KeyBundleError(`cannot read ${path}: ${codeOf(error)}`, { cause: error });
  }
}

/**
 * Whether keys may be laid out here at all.
 * @throws KeyBundleError saying why not
 */
export function checkImportable(config: Config, isReplaceable: boolean): void {
  if (config.databaseUrl === null) throw new KeyBundleError('DATABASE_URL is not set: the embedded demo EHR has keys of its own');
  if (config.ehrSiteDir !== null) throw new KeyBundleError('OPENEMR_SITE_DIR is set: the keys are read from there');
  const siteDir = importedSiteDir(config);
  if (!isReplaceable && existsSync(siteDir)) throw new KeyBundleError(`${siteDir} exists already; --replace puts other keys in its place`);
}

/**
 * Opens with the keys of a bundle what the database holds. Nothing is written.
 * @param name of the bundle, for messages
 * @throws KeyBundleError when they are of another site, or do not fit
 */
export async function tryBundle(
  source: DataSource,
  config: Config,
  { site, files }: KeyBundle,
  name: string,
  random: RandomBytes,
): Promise<EhrSite> {
  if (site !== config.site) throw new KeyBundleError(`the bundle is of the site ${site}, and SITE is ${config.site}`);
  const [rows, paths, names] = [await readKeyRows(source), sitePaths(name), sitePaths('')];
  const driveFiles = new Map([...files].flatMap(([path, content]) => labelled(path, content)));
  const certificates = { privateKey: files.get(names.privateKey) ?? null, publicKey: files.get(names.publicKey) ?? null };
  try {
    const ring = new EhrKeyRing({ databaseKeys: rows, driveFiles, driveFolder: paths.keyFolder }, random);
    const secretBox = await openSecretBox(source, ring);
    const keys = joinOAuthKeys(certificates, paths, rows, secretBox);
    if (keys === null) throw new OAuthKeysError('the bundle holds no token signer');
    return new EhrSite('imported', importedSiteDir(config), secretBox, keys);
  } catch (error) {
    if (!(error instanceof OAuthKeysError || error instanceof EhrCryptoError)) throw error;
    throw new KeyBundleError(`the keys do not fit this database: ${error.message}`, { cause: error });
  }
}

/** Lays the files of a bundle out as the EHR does, for the owner alone: all of them or none. */
export async function layOut(config: Config, { files }: KeyBundle, random: RandomBytes): Promise<void> {
  const siteDir = importedSiteDir(config);
  const [draft, former] = ['new', 'old'].map((kind) => join(dirname(siteDir), `.${kind}-${random.bytes(8).toString('hex')}`));
  if (draft === undefined || former === undefined) return;
  await mkdir(dirname(siteDir), { recursive: true, mode: 0o700 });
  try {
    for (const [path, content] of files) await writeSiteFile(join(draft, path), content, OWNER_ONLY, random);
    await swap(draft, siteDir, former);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Puts a folder in the place of another, which comes back when that fails. */
async function swap(draft: string, place: string, former: string): Promise<void> {
  const isReplacing = existsSync(place);
  if (isReplacing) await rename(place, former);
  try {
    await rename(draft, place);
  } catch (error) {
    if (isReplacing) await rename(former, place);
    throw error;
  }
  await rm(former, { recursive: true, force: true });
}

function labelled(path: string, content: string): Array<[string, string]> {
  const label = BUNDLED_FILES.get(path);
  return label ? [[label, content]] : [];
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}
