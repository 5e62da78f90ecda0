import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an assertion says, and how its header differs. */
export interface AssertionOptions {
  /** Claims, over those of a good assertion; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Over `alg` and `kid`; undefined leaves one out. */
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A key pair of a client. */
export class SigningKey {
  private constructor(
    readonly algorithm: string,
    readonly keyId: string,
    /** As it is registered. */
    readonly jwk: JWK,
    private readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'],
  ) {}

  static async make(algorithm: string, keyId = `${algorithm}-1`): Promise<SigningKey> {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    return new SigningKey(algorithm, keyId, { ...(await exportJWK(publicKey)), kid: keyId }, privateKey);
  }

  /** A JWT that proves the client at `audience`, now. */
  assertion(clientId: string, audience: string, now: Date, { claims = {}, header = {} }: AssertionOptions = {}): Promise<string> {
    const seconds = Math.floor(now.getTime() / 1000);
    const said = { iss: clientId, sub: clientId, aud: audience, iat: seconds, exp: seconds + 300, jti: randomUUID(), ...claims };
    return new SignJWT(said)
      .setProtectedHeader({ typ: 'JWT', kid: this.keyId, ...header, alg: this.algorithm })
      .sign(this.privateKey, { crit: { 'urn:example:unknown': true } });
  }
}

/** The form fields that present an assertion. */
export function presenting(assertion: string): { client_assertion_type: string; client_assertion: string } {
  return { client_assertion_type: JWT_BEARER, client_assertion: assertion };
}
