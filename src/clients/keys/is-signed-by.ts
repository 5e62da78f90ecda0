import { compactVerify, importJWK } from 'jose';
import type { AssertionAlgorithm } from '../../protocol/client/assertion.js';
import type { ClientKey } from '../../protocol/client/assertion-keys.js';

type VerifyingKey = Awaited<ReturnType<typeof importJWK>>;

/** A key in the form in which signatures are verified, by algorithm, for as long as its set is kept. */
const imported = new WeakMap<ClientKey, Map<AssertionAlgorithm, Promise<VerifyingKey>>>();

/**
 * Verifies a signature, in Node's thread pool. A key that cannot be used (RSA below 2048 bits, a point that is not on the curve) has signed
 * nothing.
 * @param text compact serialization
 * @param algorithm as read from it and accepted; the key is used for no other
 * @see RFC 7515 §5.2; RFC 8725 §3.1
 */
export async function isSignedBy(text: string, key: ClientKey, algorithm: AssertionAlgorithm): Promise<boolean> {
  try {
    await compactVerify(text, await importOnce(key, algorithm), { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

function importOnce(key: ClientKey, algorithm: AssertionAlgorithm): Promise<VerifyingKey> {
  const forms = imported.get(key) ?? new Map<AssertionAlgorithm, Promise<VerifyingKey>>();
  const known = forms.get(algorithm) ?? importJWK({ ...key.jwk }, algorithm);
  imported.set(key, forms.set(algorithm, known));
  return known;
}
