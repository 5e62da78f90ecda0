import { createHash } from 'node:crypto';

/** The hash function inside each signature algorithm an ID token may be signed with. RFC 7518 §3.1, RFC 8037 §3.1 */
const HASH_OF_ALGORITHM = {
  RS256: 'sha256',
  PS256: 'sha256',
  ES256: 'sha256',
  RS384: 'sha384',
  PS384: 'sha384',
  ES384: 'sha384',
  RS512: 'sha512',
  PS512: 'sha512',
  ES512: 'sha512',
  EdDSA: 'sha512',
} as const;

/** A JWS algorithm with a public key. */
export type SigningAlgorithm = keyof typeof HASH_OF_ALGORITHM;

/**
 * Binds a token or code to an ID token: the left half of its hash (`at_hash`, `c_hash`).
 * @param value the token as the client receives it, ASCII
 * @param algorithm `alg` of the header of the ID token which will carry the hash
 * @returns base64url without padding
 * @see OIDC Core §3.1.3.6, §3.3.2.11
 */
export function tokenHash(value: string, algorithm: SigningAlgorithm): string {
  const digest = createHash(HASH_OF_ALGORITHM[algorithm]).update(value, 'ascii').digest();
  return digest.subarray(0, digest.length / 2).toString('base64url');
}
