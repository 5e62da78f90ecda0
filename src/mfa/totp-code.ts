import { Secret, TOTP } from 'otpauth';

/** Seconds of one step. */
const PERIOD = 30;

/** As the EHR has its authenticator apps count. @see RFC 6238 §4 */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: PERIOD } as const;

/** Steps to either side in which a code is good. */
const WINDOW = 1;

/** Steps to either side in which a wrong code shows that a clock is wrong: ten minutes. */
const DRIFT_WINDOW = 20;

/** Bytes below which something is no secret (RFC 4226 §4 asks for 16; old apps made do with 10). */
const SHORTEST_SECRET = 10;

/** Bytes of a new secret: 32 characters of base32, as the EHR makes them. */
export const SECRET_BYTES = 20;

/** @returns null for what is not base32 and for keys that anybody could guess, the empty one above all */
export function findSecret(base32: string): Secret | null {
  if (!/^[A-Z2-7 ]+=*$/i.test(base32)) return null;
  const secret = Secret.fromBase32(base32);
  return secret.bytes.length >= SHORTEST_SECRET ? secret : null;
}

/** @returns the code without the blanks that apps show and people type; null when it is not six digits */
export function findDigits(code: string): string | null {
  const token = code.slice(0, 64).replaceAll(/\s/g, '');
  return /^[0-9]{6}$/.test(token) ? token : null;
}

/** A right code. */
export interface MatchedCode {
  /** Number of its 30-second step since 1970. */
  readonly step: number;
  /** Steps by which the device's clock is ahead of ours; negative when it is behind. */
  readonly drift: number;
}

/** @param token six digits @returns null when it is not right at this time */
export function matchCode(secret: Secret, token: string, now: Date): MatchedCode | null {
  const drift = driftOf(secret, token, now, WINDOW);
  return drift === null ? null : { step: TOTP.counter({ period: PERIOD, timestamp: now.getTime() }) + drift, drift };
}

/**
 * Why a code of an app that is being set up may be wrong.
 * @returns seconds by which the device's clock is ahead, negative when behind; null when that is not the reason
 */
export function clockErrorOf(secret: Secret, token: string, now: Date): number | null {
  const drift = driftOf(secret, token, now, DRIFT_WINDOW);
  return drift === null ? null : drift * PERIOD;
}

/**
 * What an authenticator app reads from a QR code.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function otpauthLink(secret: Secret, issuer: string, label: string): string {
  return new TOTP({ ...PARAMETERS, secret, issuer, label }).toString();
}

function driftOf(secret: Secret, token: string, now: Date, window: number): number | null {
  return TOTP.validate({ ...PARAMETERS, token, secret, timestamp: now.getTime(), window });
}
