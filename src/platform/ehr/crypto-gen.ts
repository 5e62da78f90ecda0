import { createHash, hkdfSync, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from '../ambient/random.js';
import { openAuthenticated, openUnauthenticated, sealAuthenticated, type BlobKeys } from './blob-cipher.js';
import { EhrCryptoError } from './ehr-crypto.error.js';
import { findBase64Bytes, lenientBase64Bytes } from './php-base64.js';

/** Versions that exist. The EHR wrote 006 up to 7.0 and writes 007 since 8.0; it reads them all. */
export type BlobVersion = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Versions that may still be written: those whose integrity check is SHA-384. */
export type SealVersion = 4 | 5 | 6 | 7;

/** Newest first, which is the order in which a writer tries them. */
export const SEAL_VERSIONS: readonly SealVersion[] = [7, 6, 5, 4];

/**
 * Finds a raw key of 32 bytes by its label (`one`, `twoa`, ... `sevenb`).
 * @throws EhrCryptoError missing-key naming the label and where it was looked for
 */
export type KeyLookup = (label: string) => Buffer;

/** Labels of the keys of one version; the first format had no integrity check and so no second key. */
export interface KeyLabels {
  encryption: string;
  authentication: string | null;
}

const LABELS: Record<BlobVersion, KeyLabels> = {
  1: { encryption: 'one', authentication: null },
  2: { encryption: 'twoa', authentication: 'twob' },
  3: { encryption: 'twoa', authentication: 'twob' }, // version 3 kept the keys of version 2
  4: { encryption: 'foura', authentication: 'fourb' },
  5: { encryption: 'fivea', authentication: 'fiveb' },
  6: { encryption: 'sixa', authentication: 'sixb' },
  7: { encryption: 'sevena', authentication: 'sevenb' },
};

/** Every label there is, oldest first. */
export const KEY_LABELS: readonly string[] = [
  ...new Set(
    Object.values(LABELS).flatMap(({ encryption, authentication }) =>
      authentication === null ? [encryption] : [encryption, authentication],
    ),
  ),
];

const SALT_BYTES = 32;
const PASS_PHRASE_ROUNDS = 100_000;
const pbkdf2Async = promisify(pbkdf2);

/** @returns the labels of the keys that a version uses */
export function keyLabels(version: BlobVersion): KeyLabels {
  return LABELS[version];
}

/**
 * Tells the version a text claims by its first three characters.
 * @returns null when they are not the number of a version that exists; the text is then no blob at all
 */
export function findBlobVersion(text: string): BlobVersion | null {
  const digits = /^00([1-7])/.exec(text)?.[1];
  return digits === undefined ? null : (Number(digits) as BlobVersion);
}

/**
 * Opens a versioned blob: three digits, then standard base64.
 * @param blob as stored; the empty text stands for empty contents and was never sealed
 * @param keys finds the raw keys; versions 1 to 3 always ask for labels of the drive
 * @throws EhrCryptoError malformed, tampered, or what the lookup throws
 */
export function openBlob(blob: string, keys: KeyLookup): Buffer {
  if (blob === '') return Buffer.alloc(0);
  const { version, bytes } = getBlobParts(blob);
  const labels = LABELS[version];
  if (labels.authentication === null) return openUnauthenticated(bytes, keys(labels.encryption));
  const pair = { encryption: keys(labels.encryption), authentication: keys(labels.authentication) };
  return openAuthenticated(bytes, pair, version < 4 ? 'sha256' : 'sha384');
}

/**
 * Seals bytes as a versioned blob. Nothing is sealed in the formats before 4: the EHR has not written them since 2018.
 * @param plaintext may be empty, which makes a blob of one block
 * @throws EhrCryptoError what the lookup throws
 */
export function sealBlob(plaintext: Buffer, keys: KeyLookup, version: SealVersion, random: RandomBytes): string {
  const { encryption, authentication } = getPairLabels(version);
  const pair = { encryption: keys(encryption), authentication: keys(authentication) };
  return asBlob(version, sealAuthenticated(plaintext, pair, random));
}

/**
 * Opens a blob that was sealed with a pass phrase instead of keys (authenticator secrets made by the installer, exports).
 * @param passPhrase UTF-8 text of any length
 * @throws EhrCryptoError malformed, or tampered when the pass phrase is another one
 */
export async function openWithPassPhrase(blob: string, passPhrase: string): Promise<Buffer> {
  const { version, bytes } = getBlobParts(blob);
  const digest = createHash('sha256').update(passPhrase, 'utf8').digest();
  if (version === 1) {
    // The first format took the characters of the hexadecimal digest for the key, not its bytes.
    return openUnauthenticated(bytes, Buffer.from(digest.toString('hex').slice(0, 32), 'ascii'));
  }
  if (version < 4) return openAuthenticated(bytes, { encryption: digest, authentication: digest }, 'sha256');
  const salt = bytes.subarray(0, SALT_BYTES);
  if (salt.length < SALT_BYTES) throw new EhrCryptoError('tampered', 'too short to have been sealed with a pass phrase');
  return openAuthenticated(bytes.subarray(SALT_BYTES), await passPhraseKeys(passPhrase, salt), 'sha384');
}

/** Seals bytes with a pass phrase (UTF-8 text) in the form the EHR opens. */
export async function sealWithPassPhrase(
  plaintext: Buffer,
  passPhrase: string,
  version: SealVersion,
  random: RandomBytes,
): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const keys = await passPhraseKeys(passPhrase, salt);
  return asBlob(version, Buffer.concat([salt, sealAuthenticated(plaintext, keys, random)]));
}

async function passPhraseKeys(passPhrase: string, salt: Buffer): Promise<BlobKeys> {
  const material = await pbkdf2Async(Buffer.from(passPhrase, 'utf8'), salt, PASS_PHRASE_ROUNDS, 32, 'sha384');
  return {
    encryption: Buffer.from(hkdfSync('sha384', material, salt, 'aes-256-encryption', 32)),
    authentication: Buffer.from(hkdfSync('sha384', material, salt, 'sha-384-authentication', 32)),
  };
}

function getPairLabels(version: SealVersion): { encryption: string; authentication: string } {
  const { encryption, authentication } = LABELS[version];
  if (authentication === null) throw new EhrCryptoError('malformed', `version ${version} has no integrity check and is not written`);
  return { encryption, authentication };
}

function getBlobParts(blob: string): { version: BlobVersion; bytes: Buffer } {
  const version = findBlobVersion(blob);
  if (version === null) throw new EhrCryptoError('malformed', 'does not begin with a known version');
  const text = blob.slice(3);
  const bytes = version === 1 ? lenientBase64Bytes(text) : findBase64Bytes(text);
  if (bytes === null) throw new EhrCryptoError('malformed', `version ${version} is not followed by base64`);
  return { version, bytes };
}

function asBlob(version: SealVersion, bytes: Buffer): string {
  return `00${version}${bytes.toString('base64')}`;
}
