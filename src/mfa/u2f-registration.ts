/** A security key that was enrolled in the EHR by the older U2F protocol. */
export interface U2fRegistration {
  /** base64url without padding. */
  readonly keyHandle: string;
  /** Point on P-256, uncompressed: 65 bytes. */
  readonly publicKey: Buffer;
  /** Signatures as the key counted them when it was last used; -1 when it never was. */
  readonly counter: number;
}

const POINT_BYTES = 65;
const UNCOMPRESSED = 0x04;
const COUNTER = /("counter"\s*:\s*)-?\d+/;

/**
 * Reads the column `var1` of a row whose method is `U2F`.
 * @returns null when it is not such a registration
 */
export function findU2fRegistration(data: string): U2fRegistration | null {
  const { keyHandle, publicKey, counter } = parsed(data);
  if (typeof keyHandle !== 'string' || typeof publicKey !== 'string' || typeof counter !== 'number') return null;
  const point = Buffer.from(publicKey, 'base64');
  if (point.length !== POINT_BYTES || point[0] !== UNCOMPRESSED || !COUNTER.test(data) || !/^[\w-]+$/.test(keyHandle)) return null;
  return { keyHandle, publicKey: point, counter };
}

/** The column with a new counter; everything else is left as the EHR wrote it. */
export function withCounter(data: string, counter: number): string {
  return data.replace(COUNTER, `$1${counter}`);
}

/**
 * The same public key as WebAuthn has it: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} in CBOR.
 * @param point uncompressed, 65 bytes
 * @see RFC 9053 §7.1.1; WebAuthn Level 3 §6.5.6 for keys of U2F
 */
export function coseKeyOf(point: Buffer): Buffer {
  const half = (POINT_BYTES - 1) / 2;
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    point.subarray(1, 1 + half),
    Buffer.from('225820', 'hex'),
    point.subarray(1 + half),
  ]);
}

function parsed(data: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
