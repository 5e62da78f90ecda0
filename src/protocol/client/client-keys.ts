import { badMetadata, fitsTextColumn, isObject } from './metadata-value.js';
import { findSecureUri } from './registered-uris.js';

/** A JSON Web Key Set of public keys. @see RFC 7517 §5 */
export interface PublicKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/** Where a client's public keys are: at most one of the two is given. */
export interface ClientKeys {
  readonly jwks: PublicKeySet | null;
  readonly jwksUri: string | null;
}

/** Members which hold the secret half of a key, or a secret that is not halved. RFC 7518 §6.2.2, §6.3.2, §6.4.1 */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const MOST_KEYS = 50;

/**
 * Checks the public keys by which a client will sign.
 * @param sent members jwks and jwks_uri
 * @throws OAuthError invalid_client_metadata: both given, not a key set, or a key that should have been kept secret
 * @see RFC 7591 §2; RFC 7517 §5
 */
export function checkClientKeys(sent: { readonly jwks?: unknown; readonly jwks_uri?: unknown }): ClientKeys {
  const jwksUri = findSecureUri(sent.jwks_uri, 'jwks_uri');
  const jwks = sent.jwks === undefined || sent.jwks === null ? null : checkKeySet(sent.jwks);
  if (jwks !== null && jwksUri !== null) throw badMetadata('jwks and jwks_uri must not both be given'); // RFC 7591 §2
  return { jwks, jwksUri };
}

function checkKeySet(value: unknown): PublicKeySet {
  if (!isObject(value)) throw badMetadata('jwks must be an object with the member keys');
  const keys: unknown = value.keys;
  if (!Array.isArray(keys) || keys.length === 0) throw badMetadata('jwks.keys must be a list with at least one key');
  if (keys.length > MOST_KEYS) throw badMetadata(`jwks.keys has more than ${MOST_KEYS} entries`);
  const set = { keys: (keys as readonly unknown[]).map((key, index) => checkPublicKey(key, `jwks.keys[${index}]`)) };
  if (!fitsTextColumn(JSON.stringify(set))) throw badMetadata('jwks is too long: use jwks_uri');
  return set;
}

function checkPublicKey(key: unknown, name: string): Readonly<Record<string, unknown>> {
  if (!isObject(key) || typeof key.kty !== 'string' || key.kty === '') throw badMetadata(`${name} must be an object with the member kty`); // RFC 7517 §4.1
  if (key.kty === 'oct' || SECRET_MEMBERS.some((member) => Object.hasOwn(key, member))) {
    throw badMetadata(`${name} is not a public key: replace this key, it is no longer secret`);
  }
  return key;
}
