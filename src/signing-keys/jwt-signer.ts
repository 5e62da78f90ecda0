import { type KeyObject, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { KeyVouchers } from './key-vouchers.service.js';
import { SigningKeysService } from './signing-keys.service.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Signs JSON Web Tokens with the key of the EHR, and verifies them with all keys that count: RS256 and nothing else. */
@Injectable()
export class JwtSigner {
  private readonly verified = new VerifiedTokens();

  constructor(
    private readonly keys: SigningKeysService,
    private readonly vouchers: KeyVouchers,
    private readonly jwt: JwtService,
  ) {}

  /**
   * Signs claims. RSA signatures are most of the work of the token endpoint, so they are made in Node's thread pool: JwtService would
   * make them on the thread which answers requests, one after another.
   * @param claims as they shall be sent; nothing is added
   * @param header `typ` of the token: `JWT` when left out
   * @returns compact serialization (RFC 7515 §3.1)
   */
  async sign(claims: object, header: { readonly typ?: string } = {}): Promise<string> {
    const { privateKey, published } = this.keys.current; // once: it may change meanwhile
    const protectedHeader = { typ: header.typ ?? 'JWT', alg: 'RS256', kid: published.kid };
    const input = `${encode(protectedHeader)}.${encode(claims)}`;
    const signature = await signInThreadPool(Buffer.from(input), privateKey);
    return `${input}.${signature.toString('base64url')}`;
  }

  /**
   * Proves that a token was signed here or by the EHR's own server, whose tokens name no key. Times, issuer and audience are the
   * caller's to check.
   * @param token as received
   * @returns the claims; null for anything that is not a JWT signed by a key of ours with RS256
   * @see RFC 8725 §3.1: the algorithm is ours to choose, not the token's
   */
  async verify(token: string): Promise<Readonly<Record<string, unknown>> | null> {
    const name = VerifiedTokens.nameOf(token);
    const known = this.verified.find(name, this.keys.verifying());
    if (known !== null) return known;
    const header = this.jwt.decode<{ header: { kid?: unknown } } | null>(token, { complete: true })?.header;
    if (header === undefined) return null;
    for (const key of await this.keysOf(header.kid)) {
      const payload = this.findVerified(token, key);
      if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) continue;
      this.verified.add(name, key, payload as Record<string, unknown>);
      return payload as Record<string, unknown>;
    }
    return null;
  }

  /** A key that is not known here may be one that another replica has just begun to sign with. */
  private async keysOf(keyId: unknown): Promise<readonly KeyObject[]> {
    const known = this.keys.verifying(keyId);
    if (known.length > 0 || typeof keyId !== 'string') return known;
    await this.vouchers.reload();
    return this.keys.verifying(keyId);
  }

  private findVerified(token: string, publicKey: KeyObject): unknown {
    try {
      return this.jwt.verify<object>(token, { publicKey: publicKey as unknown as Buffer }); // the type lacks what jsonwebtoken takes
    } catch {
      return null; // whatever is wrong with it, it is not ours
    }
  }
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

function signInThreadPool(data: Buffer, key: KeyObject): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    sign('sha256', data, key, (error, signature) => (error ? reject(error) : resolve(signature)));
  });
}
