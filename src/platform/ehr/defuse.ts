import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { RandomBytes } from '../ambient/random.js';

const HEADER = Buffer.from('def50200', 'hex');
const SALT_BYTES = 32;
const IV_BYTES = 16;
const MAC_BYTES = 32;
const SHORTEST_BYTES = HEADER.length + SALT_BYTES + IV_BYTES + MAC_BYTES;
/** A token holds a client id, a few identifiers and a scope list; what is longer is refused before any work is spent on it. */
const LONGEST_HEX = 65_536;
const ROUNDS = 100_000;
const pbkdf2Async = promisify(pbkdf2);

/**
 * Opens an opaque token (authorization code or refresh token) of the EHR: defuse/php-encryption version 2 in password mode. Costs some
 * 40 ms of a thread of the pool, never of the event loop; what cannot be a token costs nothing.
 * @param token as presented by anybody; lower-case hex
 * @param password the text of `oauth2key`, not its decoded bytes
 * @returns the text inside, or null when it is no token of this password
 */
export async function findOpaqueTokenText(token: string, password: string): Promise<string | null> {
  if (token.length > LONGEST_HEX || token.length % 2 !== 0 || !/^def50200[0-9a-f]+$/.test(token)) return null;
  const bytes = Buffer.from(token, 'hex');
  if (bytes.length < SHORTEST_BYTES) return null;
  const sealed = bytes.subarray(0, -MAC_BYTES);
  const ivStart = HEADER.length + SALT_BYTES;
  const keys = await deriveKeys(password, sealed.subarray(HEADER.length, ivStart));
  const expected = createHmac('sha256', keys.authentication).update(sealed).digest();
  if (!timingSafeEqual(bytes.subarray(-MAC_BYTES), expected)) return null;
  const decipher = createDecipheriv('aes-256-ctr', keys.encryption, sealed.subarray(ivStart, ivStart + IV_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(ivStart + IV_BYTES)), decipher.final()]).toString('utf8');
}

/**
 * Seals text as an opaque token that the EHR opens. Runs in the thread pool.
 * @param password the text of `oauth2key`
 * @returns lower-case hex
 */
export async function sealOpaqueToken(text: string, password: string, random: RandomBytes): Promise<string> {
  const salt = random.bytes(SALT_BYTES);
  const iv = random.bytes(IV_BYTES);
  const keys = await deriveKeys(password, salt);
  const cipher = createCipheriv('aes-256-ctr', keys.encryption, iv);
  const sealed = Buffer.concat([HEADER, salt, iv, cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([sealed, createHmac('sha256', keys.authentication).update(sealed).digest()]).toString('hex');
}

async function deriveKeys(password: string, salt: Buffer): Promise<{ encryption: Buffer; authentication: Buffer }> {
  const digest = createHash('sha256').update(password, 'utf8').digest();
  const material = await pbkdf2Async(digest, salt, ROUNDS, 32, 'sha256');
  return {
    encryption: Buffer.from(hkdfSync('sha256', material, salt, 'DefusePHP|V2|KeyForEncryption', 32)),
    authentication: Buffer.from(hkdfSync('sha256', material, salt, 'DefusePHP|V2|KeyForAuthentication', 32)),
  };
}
