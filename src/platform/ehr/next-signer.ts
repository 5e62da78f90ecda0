import { chmod, chown, rename, stat } from 'node:fs/promises';
import type { RandomBytes } from '../ambient/random.js';
import { type CertificateFiles, readPemFiles, SiteFolderError, type SitePaths, sitePaths, writeSiteFile } from './site-folder.js';

const OWNER_ONLY = 0o600;
const PERMISSIONS = 0o777;

type SignerPaths = Pick<SitePaths, 'privateKey' | 'publicKey'>;
type SignerFile = keyof SignerPaths;

/** Where the token signer that is to come waits: beside the one that the EHR uses. */
export function nextSignerPaths(siteDir: string): SignerPaths {
  const { privateKey, publicKey } = sitePaths(siteDir);
  return { privateKey: `${privateKey}.next`, publicKey: `${publicKey}.next` };
}

/** @returns null when none waits @throws SiteFolderError when a file cannot be read */
export async function findNextSigner(siteDir: string): Promise<CertificateFiles | null> {
  const files = await readPemFiles(nextSignerPaths(siteDir));
  return files.privateKey === null && files.publicKey === null ? null : files;
}

/**
 * Lays a signer down to wait, its files readable for whom those in use are.
 * @throws SiteFolderError
 */
export async function writeNextSigner(siteDir: string, pems: Record<SignerFile, string>, random: RandomBytes): Promise<void> {
  const [present, next] = [sitePaths(siteDir), nextSignerPaths(siteDir)];
  for (const file of ['privateKey', 'publicKey'] as const) {
    await writeSiteFile(next[file], pems[file], OWNER_ONLY, random);
    await handOver(next[file], present[file]);
  }
}

/**
 * Puts the waiting signer in the place of the one in use, whose files are gone then. Between the two renames the files do not fit each other:
 * whoever reads them then reads them again.
 * @throws SiteFolderError
 */
export async function promoteNextSigner(siteDir: string): Promise<void> {
  await move(siteDir, 'privateKey');
  await move(siteDir, 'publicKey');
}

/** Ends a promotion that was interrupted between its two files. @throws SiteFolderError */
export async function finishPromotion(siteDir: string): Promise<void> {
  const next = await findNextSigner(siteDir);
  if (next?.privateKey === null && next.publicKey !== null) await move(siteDir, 'publicKey');
}

async function move(siteDir: string, file: SignerFile): Promise<void> {
  const path = sitePaths(siteDir)[file];
  await rename(nextSignerPaths(siteDir)[file], path).catch((error: unknown) => {
    throw new SiteFolderError(`cannot replace ${path}`, { cause: error });
  });
}

/** Gives a file the owner, group and permissions of another: the EHR's web server must be able to read it. */
async function handOver(path: string, model: string): Promise<void> {
  try {
    const { uid, gid, mode } = await stat(model);
    const mine = await stat(path);
    if (mine.uid !== uid || mine.gid !== gid) await chown(path, uid, gid);
    await chmod(path, mode & PERMISSIONS);
  } catch (error) {
    throw new SiteFolderError(`cannot give ${path} the owner and permissions of ${model}; run this as the owner of that file, or as root`, {
      cause: error,
    });
  }
}
