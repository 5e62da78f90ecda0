import type { RandomBytes } from '../ambient/random.js';

const BYTES = 16;
const TEXT = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A binary(16) column as drivers hand it over. */
export type StoredUuid = Uint8Array | string | null | undefined;

/** Whether a column holds no uuid yet: NULL, nothing, or zero bytes only. */
export function isEmptyUuid(stored: StoredUuid): boolean {
  if (stored === null || stored === undefined || stored.length === 0) return true;
  return typeof stored === 'string' ? /^\0+$/.test(stored) : stored.every((byte) => byte === 0);
}

/**
 * Reads a binary(16) column; the bytes stand in the order of the text.
 * @returns lower-case text with hyphens, or null when there is no uuid
 * @throws RangeError for anything that is neither empty nor 16 bytes
 */
export function findUuidText(stored: StoredUuid): string | null {
  if (stored === null || stored === undefined || isEmptyUuid(stored)) return null;
  const bytes = typeof stored === 'string' ? Buffer.from(stored, 'latin1') : Buffer.from(stored);
  if (bytes.length !== BYTES) throw new RangeError(`a stored uuid has ${bytes.length} bytes instead of ${BYTES}`);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Whether a text is a uuid with hyphens, in any case of letters. */
export function isUuidText(text: string): boolean {
  return TEXT.test(text);
}

/**
 * @param text a uuid with hyphens; see `isUuidText` for texts of strangers
 * @returns the 16 bytes to store or to look up
 * @throws RangeError when it is not a uuid
 */
export function uuidBytes(text: string): Buffer {
  if (!isUuidText(text)) throw new RangeError('not a uuid');
  return Buffer.from(text.replaceAll('-', ''), 'hex');
}

/** Makes a uuid that sorts by its time of creation, as the EHR does for its rows. */
export function createUuid(now: Date, random: RandomBytes): Buffer {
  return createUuidAt(now.getTime() * 1000, random);
}

/**
 * Makes a uuid whose first six bytes count ten-microsecond units since 1970; the rest is chance, version 4 and the RFC variant.
 * @param microseconds since 1970; below ten, digits are dropped
 * @returns 16 bytes
 */
export function createUuidAt(microseconds: number, random: RandomBytes): Buffer {
  const bytes = Buffer.alloc(BYTES);
  bytes.writeUIntBE(Math.floor(microseconds / 10) % 2 ** 48, 0, 6);
  random.bytes(BYTES - 6).copy(bytes, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes;
}
