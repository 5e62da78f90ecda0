import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A public signing key as it is published. @see RFC 7517 §4, RFC 7518 §6.3.1 */
export interface PublishedKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly alg: 'RS256';
  readonly kid: string;
  /** Modulus, base64url. */
  readonly n: string;
  /** Exponent, base64url. */
  readonly e: string;
}

/** A key with which signatures are checked. */
export interface VerifyingKey {
  readonly publicKey: KeyObject;
  readonly published: PublishedKey;
}

/** A pair of keys with which tokens are signed. */
export interface SigningKey extends VerifyingKey {
  readonly privateKey: KeyObject;
}

/** @param keys RSA pair; the two belong together */
export function signingKey({ privateKey, publicKey }: Pick<SigningKey, 'privateKey' | 'publicKey'>): SigningKey {
  return { privateKey, publicKey, published: publish(publicKey) };
}

/** The key of an entry of a key set. @throws TypeError when it is none */
export function verifyingKey({ n, e }: Pick<PublishedKey, 'n' | 'e'>): VerifyingKey {
  const publicKey = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  return { publicKey, published: publish(publicKey) };
}

/** `kid` is the key's thumbprint, so that every replica names it alike without agreeing on a name. */
function publish(publicKey: KeyObject): PublishedKey {
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  return { kty: 'RSA', use: 'sig', alg: 'RS256', kid: thumbprint(n, e), n, e };
}

/** SHA-256 over the required members in alphabetical order, without white space, base64url. RFC 7638 §3, §3.2 */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}
