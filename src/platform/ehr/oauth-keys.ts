import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { SecretBox } from './secret-box.js';
import { type CertificateFiles, readCertificateFiles, type SitePaths, sitePaths } from './site-folder.js';

const SMALLEST_MODULUS = 2048;

/** The keys with which the EHR issues tokens. */
export interface OAuthKeys {
  /** RSA, for RS256. */
  privateKey: KeyObject;
  /** Its public half, which the EHR's API verifies with. */
  publicKey: KeyObject;
  /** Text of `oauth2key`: the password of opaque tokens. */
  opaqueTokenPassword: string;
}

/** The token signer of a site is incomplete or does not fit together. The message names rows and files, never a value. */
export class OAuthKeysError extends Error {
  override readonly name = 'OAuthKeysError';
}

/**
 * Loads the token signer of a site: two rows of the table `keys` and two files, which belong together.
 * @param siteDir folder of the site
 * @param keyRows rows of the table `keys`: name -> value
 * @param secretBox opens the two rows
 * @returns null when the site has none of the four and so never issued a token
 * @throws OAuthKeysError naming what is missing when there are some but not all, or what does not fit
 * @throws EhrCryptoError when a row does not open
 * @throws SiteFolderError when a file cannot be read
 */
export async function findOAuthKeys(
  siteDir: string,
  keyRows: ReadonlyMap<string, string>,
  secretBox: SecretBox,
): Promise<OAuthKeys | null> {
  return joinOAuthKeys(await readCertificateFiles(siteDir), sitePaths(siteDir), keyRows, secretBox);
}

/**
 * The same for files that were read already.
 * @param paths what the files are called in messages
 */
export function joinOAuthKeys(
  files: CertificateFiles,
  paths: Pick<SitePaths, 'privateKey' | 'publicKey'>,
  keyRows: ReadonlyMap<string, string>,
  secretBox: SecretBox,
): OAuthKeys | null {
  const pieces = new Map([
    ['row oauth2key of the table keys', keyRows.get('oauth2key') ?? ''],
    ['row oauth2passphrase of the table keys', keyRows.get('oauth2passphrase') ?? ''],
    [`file ${paths.privateKey}`, files.privateKey ?? ''],
    [`file ${paths.publicKey}`, files.publicKey ?? ''],
  ]);
  const missing = [...pieces].filter(([, value]) => value.trim() === '').map(([name]) => name);
  if (missing.length === pieces.size) return null;
  if (missing.length > 0) {
    throw new OAuthKeysError(`the token signer is incomplete, missing: ${missing.join(', ')}; restore it, a new one would end every token`);
  }
  const [tokenPassword = '', passPhrase = '', privatePem = '', publicPem = ''] = pieces.values();
  const privateKey = getPrivateKey(privatePem, secretBox.open(passPhrase), paths.privateKey);
  const publicKey = getPublicKey(publicPem, paths.publicKey);
  if (!createPublicKey(privateKey).equals(publicKey)) {
    throw new OAuthKeysError(`${paths.publicKey} is not the public half of ${paths.privateKey}`);
  }
  return { privateKey, publicKey, opaqueTokenPassword: secretBox.open(tokenPassword) };
}

function getPrivateKey(pem: string, passPhrase: string, path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', passphrase: passPhrase });
  } catch (error) {
    throw new OAuthKeysError(`${path} does not open with the pass phrase of row oauth2passphrase of the table keys`, { cause: error });
  }
  return checkSigner(key, path);
}

function getPublicKey(pem: string, path: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey({ key: pem, format: 'pem' });
  } catch (error) {
    throw new OAuthKeysError(`${path} is not a public key in PEM`, { cause: error });
  }
  return checkSigner(key, path);
}

/** RS256 asks for RSA of 2048 bits or more. RFC 7518 §3.3 */
function checkSigner(key: KeyObject, path: string): KeyObject {
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= SMALLEST_MODULUS) return key;
  throw new OAuthKeysError(`${path} is not an RSA key of ${SMALLEST_MODULUS} bits or more`);
}
