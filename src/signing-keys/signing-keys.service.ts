import { createHash, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EhrSite } from '../platform/ehr/ehr-site.js';

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

/** The published document, serialized once. */
export interface KeySetDocument {
  readonly json: string;
  /** Changes with the keys; in quotes, as the header carries it. */
  readonly etag: string;
}

/** The key with which tokens are signed: the EHR's own, so that its API accepts them. Key objects are made once and kept. */
@Injectable()
export class SigningKeysService {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** `kid`: the key's thumbprint, so that every replica names it alike without agreeing on a name. */
  readonly keyId: string;
  readonly document: KeySetDocument;
  private readonly published: PublishedKey;

  constructor(site: EhrSite) {
    ({ privateKey: this.privateKey, publicKey: this.publicKey } = site.oauthKeys);
    const { n = '', e = '' } = this.publicKey.export({ format: 'jwk' });
    this.keyId = thumbprint(n, e);
    this.published = { kty: 'RSA', use: 'sig', alg: 'RS256', kid: this.keyId, n, e };
    const json = JSON.stringify(this.jwks());
    this.document = { json, etag: `"${createHash('sha256').update(json).digest('base64url')}"` };
  }

  /** The public keys. @see RFC 7517 §5 */
  jwks(): { keys: PublishedKey[] } {
    return { keys: [this.published] };
  }
}

/** SHA-256 over the required members in alphabetical order, without white space, base64url. RFC 7638 §3, §3.2 */
function thumbprint(n: string, e: string): string {
  return createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url');
}
