import { OAuthError } from '../errors/oauth-error.js';

/** How a client may sign what it says about itself: `alg` of a client assertion. No algorithm in which both sides hold one secret. */
export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'ES384', 'EdDSA'] as const; // RFC 7518 §3.1; RFC 8037 §3.1
export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number];

/** What an assertion says. Nothing of it is proven. */
export interface ReadAssertion {
  readonly algorithm: AssertionAlgorithm;
  /** `kid`; null when it names no key. */
  readonly keyId: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
}

const PART = /^[A-Za-z0-9_-]+$/; // RFC 7515 §2: base64url without padding

/**
 * Reads a client assertion, whose signature is still to be verified.
 * @param text compact serialization (RFC 7515 §7.1)
 * @throws OAuthError invalid_client: not a signed JWT, or signed by an algorithm that is not ours to accept
 * @see RFC 7523 §3; RFC 8725 §3.1
 */
export function readAssertion(text: string): ReadAssertion {
  const parts = text.split('.', 4);
  const [header = '', payload = '', signature = ''] = parts;
  if (parts.length !== 3 || !PART.test(signature)) throw badAssertion('the assertion is not a signed JWT');
  const { alg, kid } = readObject(header, 'header');
  const algorithm = ASSERTION_ALGORITHMS.find((known) => known === alg);
  if (algorithm === undefined) throw badAssertion(`the assertion is signed by ${describe(alg)}, which is not accepted`); // RFC 8725 §3.1, §3.2
  if (kid !== undefined && typeof kid !== 'string') throw badAssertion('kid of the assertion is not a text'); // RFC 7515 §4.1.4
  return { algorithm, keyId: kid ?? null, claims: readObject(payload, 'payload') };
}

/** A refusal that tells the client no more than any other wrong credential. @param detail for the log */
export function badAssertion(detail: string, cause?: unknown): OAuthError {
  return new OAuthError('invalid_client', 'Client authentication failed.', { detail, cause }); // RFC 7523 §3.2; RFC 6749 §5.2
}

function readObject(part: string, name: string): Record<string, unknown> {
  if (!PART.test(part)) throw badAssertion(`the ${name} of the assertion is not base64url`);
  const value = parse(new TextDecoder().decode(Buffer.from(part, 'base64url')));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badAssertion(`the ${name} of the assertion is not a JSON object`);
  }
  return { ...value };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const describe = (alg: unknown): string => (typeof alg === 'string' && /^[\w-]{1,20}$/.test(alg) ? alg : 'something else');
