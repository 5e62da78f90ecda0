import { jwtVerify, SignJWT } from 'jose';
import { numericDate } from '../protocol/token/numeric-date.js';
import { type PublishedKey, type SigningKey, type VerifyingKey, verifyingKey } from './signing-key.js';

/** Tells it from every token that the same keys sign. RFC 8725 §3.11 */
const TYPE = 'key-voucher+jwt';

/** What a statement says. */
export interface KeyStatement {
  /** The key that it is about. */
  readonly key: VerifyingKey;
  readonly madeAt: Date;
}

/** Lets one of our keys say that another one is ours too. @param until when that ends */
export function stateKey(signer: SigningKey, { n, e }: PublishedKey, madeAt: Date, until: Date): Promise<string> {
  return new SignJWT({ jwk: { kty: 'RSA', n, e } })
    .setProtectedHeader({ alg: 'RS256', typ: TYPE, kid: signer.published.kid })
    .setIssuedAt(numericDate(madeAt))
    .setExpirationTime(numericDate(until))
    .sign(signer.privateKey);
}

/**
 * Reads such a statement.
 * @param signer the key that is said to have made it, and is ours
 * @returns null when it did not, or when the statement has ended
 */
export async function findStatement(statement: string, signer: VerifyingKey, now: Date): Promise<KeyStatement | null> {
  try {
    const options = { algorithms: ['RS256'], typ: TYPE, currentDate: now, requiredClaims: ['iat', 'exp', 'jwk'] };
    const { payload } = await jwtVerify<{ jwk: Pick<PublishedKey, 'n' | 'e'> }>(statement, signer.publicKey, options);
    return { key: verifyingKey(payload.jwk), madeAt: new Date((payload.iat ?? 0) * 1000) };
  } catch {
    return null; // whatever is wrong with it, it proves nothing
  }
}
