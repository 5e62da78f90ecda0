import { type KeyObject, sign } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { SigningKeysService } from './signing-keys.service.js';

/** Signs and verifies JSON Web Tokens with the key of the EHR: RS256 and nothing else. */
@Injectable()
export class JwtSigner {
  constructor(
    private readonly keys: SigningKeysService,
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
    const protectedHeader = { typ: header.typ ?? 'JWT', alg: 'RS256', kid: this.keys.keyId };
    const input = `${encode(protectedHeader)}.${encode(claims)}`;
    const signature = await signInThreadPool(Buffer.from(input), this.keys.privateKey);
    return `${input}.${signature.toString('base64url')}`;
  }

  /**
   * Proves that a token was signed here or by the EHR's own server, whose tokens name no key. Times, issuer and audience are the
   * caller's to check.
   * @param token as received
   * @returns the claims; null for anything that is not a JWT signed by our key with RS256
   * @see RFC 8725 §3.1: the algorithm is ours to choose, not the token's
   */
  async verify(token: string): Promise<Record<string, unknown> | null> {
    const { header, payload } = this.findVerified(token) ?? {};
    if (header === undefined || (header.kid !== undefined && header.kid !== this.keys.keyId)) return null;
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? (payload as Record<string, unknown>) : null;
  }

  private findVerified(token: string): { header: { kid?: unknown }; payload: unknown } | null {
    try {
      return this.jwt.verify(token, { complete: true });
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
