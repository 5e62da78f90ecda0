import { hash } from 'node:crypto';

type Digest = (data: Uint8Array) => Buffer;

const FORM = /^\$6\$rounds=(\d{1,9})\$([^$]{0,16})\$([./0-9A-Za-z]{86})$/;

/** A stored password of the form `$6$rounds=N$salt$digest`. */
export interface Sha512CryptForm {
  rounds: number;
  salt: string;
  digest: string;
}

/** @returns null when the text is not of the form, or asks for fewer than the 1000 rounds the scheme starts at */
export function findSha512CryptForm(stored: string): Sha512CryptForm | null {
  const [, rounds = '', salt = '', digest = ''] = FORM.exec(stored) ?? [];
  return Number(rounds) >= 1000 ? { rounds: Number(rounds), salt, digest } : null;
}

/**
 * Computes SHA512-crypt on this thread.
 * @param password without NUL bytes; the cost grows with the square of its length
 * @param salt up to 16 ASCII characters
 * @param rounds 1000 to 999999999
 * @returns 86 characters
 * @see Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6
 */
export function sha512CryptSync(password: Uint8Array, salt: string, rounds: number): string {
  return compute((data) => hash('sha512', data, 'buffer'), password, salt, rounds);
}

/** Text of a function with the arguments and the result of `sha512CryptSync`, for a CommonJS script that another thread runs. */
export const SHA512_CRYPT_SOURCE = `((password, salt, rounds) =>
  (${compute.toString()})((data) => require('node:crypto').hash('sha512', data, 'buffer'), password, salt, rounds))`;

/** Stands alone: nothing from outside its braces may be used, because its text is run in another thread. */
function compute(digest: Digest, password: Uint8Array, saltText: string, rounds: number): string {
  const salt = Buffer.from(saltText, 'latin1');
  const stretch = (block: Uint8Array, length: number): Buffer => {
    const filled = Buffer.alloc(length);
    for (let at = 0; at < length; at += block.length) filled.set(block.subarray(0, length - at), at);
    return filled;
  };
  const repeat = (block: Uint8Array, times: number): Buffer => stretch(block, block.length * times);

  const inner = digest(Buffer.concat([password, salt, password]));
  const start: Uint8Array[] = [password, salt, stretch(inner, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) start.push(bits & 1 ? inner : password);
  let current = digest(Buffer.concat(start));

  const p = stretch(digest(repeat(password, password.length)), password.length);
  const s = stretch(digest(repeat(salt, 16 + (current[0] ?? 0))), salt.length);
  for (let round = 0; round < rounds; round += 1) {
    const odd = round % 2 === 1;
    const parts: Uint8Array[] = [odd ? p : current];
    if (round % 3 !== 0) parts.push(s);
    if (round % 7 !== 0) parts.push(p);
    parts.push(odd ? current : p);
    current = digest(Buffer.concat(parts));
  }

  const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const letters = (high: number, middle: number, low: number, count: number): string => {
    let value = ((current[high] ?? 0) << 16) | ((current[middle] ?? 0) << 8) | (current[low] ?? 0);
    let text = '';
    for (; text.length < count; value >>= 6) text += alphabet.charAt(value & 63);
    return text;
  };
  let text = '';
  // The digest's bytes are taken in threes, 21 apart, and each three begins where the one before had its second.
  for (let group = 0, order = [0, 21, 42]; group < 21; group += 1) {
    const [a = 0, b = 0, c = 0] = order;
    text += letters(a, b, c, 4);
    order = [b + 1, c + 1, a + 1];
  }
  const last = current[63] ?? 0;
  return text + alphabet.charAt(last & 63) + alphabet.charAt(last >> 6);
}
