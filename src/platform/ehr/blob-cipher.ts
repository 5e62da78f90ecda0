import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '../ambient/random.js';
import { EhrCryptoError } from './ehr-crypto.error.js';

const IV_BYTES = 16;
const CIPHER = 'aes-256-cbc';

/** Two raw keys of 32 bytes each. */
export interface BlobKeys {
  encryption: Buffer;
  authentication: Buffer;
}

/** Hash of the integrity check, by age of the format. */
export type BlobHash = 'sha256' | 'sha384';

/** Length in bytes of the integrity check. */
export const MAC_BYTES: Record<BlobHash, number> = { sha256: 32, sha384: 48 };

/**
 * Opens `hmac ‖ iv ‖ ciphertext`, checking the integrity before anything is decrypted.
 * @throws EhrCryptoError tampered
 */
export function openAuthenticated(bytes: Buffer, keys: BlobKeys, hash: BlobHash): Buffer {
  const mac = bytes.subarray(0, MAC_BYTES[hash]);
  const sealed = bytes.subarray(MAC_BYTES[hash]);
  const expected = createHmac(hash, keys.authentication).update(sealed).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
    throw new EhrCryptoError('tampered', 'integrity check failed: altered, or sealed with other keys');
  }
  return openUnauthenticated(sealed, keys.encryption);
}

/**
 * Opens `iv ‖ ciphertext`, which carries no integrity check.
 * @throws EhrCryptoError tampered when length or padding cannot be right
 */
export function openUnauthenticated(bytes: Buffer, key: Buffer): Buffer {
  if (bytes.length < IV_BYTES) throw new EhrCryptoError('tampered', 'too short to have been sealed');
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES)), decipher.final()]);
  } catch {
    throw new EhrCryptoError('tampered', 'does not decrypt: altered, or sealed with another key');
  }
}

/** Seals bytes as `hmac(48) ‖ iv ‖ ciphertext`, the layout of every version still written. */
export function sealAuthenticated(plaintext: Buffer, keys: BlobKeys, random: RandomBytes): Buffer {
  const iv = random.bytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keys.encryption, iv);
  const sealed = Buffer.concat([iv, cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([createHmac('sha384', keys.authentication).update(sealed).digest(), sealed]);
}
