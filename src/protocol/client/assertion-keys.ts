import type { AssertionAlgorithm, ReadAssertion } from './assertion.js';
import { isObject } from './metadata-value.js';

/** A public key, reduced to what describes it. @see RFC 7517 §4; RFC 7518 §6; RFC 8037 §2 */
export type PublicJwk =
  | { readonly kty: 'RSA'; readonly n: string; readonly e: string }
  | { readonly kty: 'EC'; readonly crv: string; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: string; readonly x: string };

/** A key of a client with what it says about its use. */
export interface ClientKey {
  readonly keyId: string | null;
  /** Null: for every algorithm of its kind. */
  readonly algorithm: string | null;
  readonly jwk: PublicJwk;
}

/** More keys than anybody rolls over; each one without `kid` may have to be tried. */
const MOST_KEYS = 50;

const KINDS: Readonly<Record<AssertionAlgorithm, (jwk: PublicJwk) => boolean>> = {
  RS256: ({ kty }) => kty === 'RSA',
  RS384: ({ kty }) => kty === 'RSA',
  PS256: ({ kty }) => kty === 'RSA',
  PS384: ({ kty }) => kty === 'RSA',
  ES256: (jwk) => jwk.kty === 'EC' && jwk.crv === 'P-256',
  ES384: (jwk) => jwk.kty === 'EC' && jwk.crv === 'P-384',
  EdDSA: (jwk) => jwk.kty === 'OKP' && jwk.crv === 'Ed25519',
};

/**
 * Reads the keys of a client that can verify signatures. Entries that are for something else, of an unknown kind, or not public are passed
 * over: a key set may grow beyond what we know (RFC 7517 §5).
 * @param value a key set as JSON value
 * @returns null when it is no key set
 */
export function findClientKeys(value: unknown): readonly ClientKey[] | null {
  if (!isObject(value) || !Array.isArray(value.keys)) return null;
  return (value.keys as readonly unknown[]).slice(0, MOST_KEYS).flatMap((key) => findClientKey(key) ?? []);
}

/** The keys that may have signed an assertion: of the kind of its algorithm, and not under another name than `kid` says. */
export function candidateKeys(keys: readonly ClientKey[], { algorithm, keyId }: Pick<ReadAssertion, 'algorithm' | 'keyId'>): ClientKey[] {
  return keys.filter(
    (key) =>
      KINDS[algorithm](key.jwk) &&
      (key.algorithm === null || key.algorithm === algorithm) && // RFC 7517 §4.4
      (keyId === null || key.keyId === null || key.keyId === keyId), // RFC 7515 §4.1.4
  );
}

function findClientKey(key: unknown): ClientKey | null {
  if (!isObject(key) || Object.hasOwn(key, 'd')) return null; // a published private key proves nothing
  const { kid, alg, use, key_ops: operations } = key;
  if (use !== undefined && use !== 'sig') return null; // RFC 7517 §4.2
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return null; // RFC 7517 §4.3
  const jwk = findPublicJwk(key);
  return jwk && { keyId: typeof kid === 'string' ? kid : null, algorithm: typeof alg === 'string' ? alg : null, jwk };
}

function findPublicJwk({ kty, n, e, crv, x, y }: Readonly<Record<string, unknown>>): PublicJwk | null {
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
  if (kty === 'RSA') return isText(n) && isText(e) ? { kty, n, e } : null;
  if (kty === 'EC') return isText(crv) && isText(x) && isText(y) ? { kty, crv, x, y } : null;
  return kty === 'OKP' && isText(crv) && isText(x) ? { kty, crv, x } : null;
}
