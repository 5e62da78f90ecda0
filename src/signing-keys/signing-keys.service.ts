import { createHash, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { type PublishedKey, type SigningKey, signingKey, type VerifyingKey } from './signing-key.js';

/** The published document, serialized once. */
export interface KeySetDocument {
  readonly body: string;
  /** Changes with the keys; in quotes, as the header carries it. */
  readonly etag: string;
}

/**
 * The keys of tokens: the EHR's own, with which they are signed so that its API accepts them, and those before and after it whose signatures count
 * as well while keys are changed. Key objects are made once and kept.
 */
@Injectable()
export class SigningKeysService {
  private signing: SigningKey;
  private others: ReadonlyMap<string, VerifyingKey> = new Map();
  private published: KeySetDocument;

  constructor(site: EhrSite) {
    this.signing = signingKey(site.oauthKeys);
    this.published = documentOf(this.jwks());
  }

  /** The pair that signs now. */
  get current(): SigningKey {
    return this.signing;
  }

  get keyId(): string {
    return this.signing.published.kid;
  }

  get document(): KeySetDocument {
    return this.published;
  }

  /** The public keys, the one that signs first. @see RFC 7517 §5 */
  jwks(): { keys: PublishedKey[] } {
    return { keys: [this.signing, ...this.others.values()].map(({ published }) => published) };
  }

  /** Signs with another pair from now on. The one before counts on only if it is among those that `trust` is given. */
  adopt(key: SigningKey): void {
    this.signing = key;
    this.trust([...this.others.values()]);
  }

  /** Takes these keys, and no others beside the one that signs, for ours. */
  trust(keys: readonly VerifyingKey[]): void {
    this.others = new Map(keys.map((key) => [key.published.kid, key] as const).filter(([kid]) => kid !== this.keyId));
    this.published = documentOf(this.jwks());
  }

  /**
   * The keys that a signature may be from.
   * @param keyId `kid` of its header; undefined where it names none, as tokens of the EHR's own server do
   */
  verifying(keyId?: unknown): readonly KeyObject[] {
    if (keyId === undefined) return [this.signing, ...this.others.values()].map(({ publicKey }) => publicKey);
    const key = keyId === this.keyId ? this.signing : typeof keyId === 'string' ? this.others.get(keyId) : undefined;
    return key === undefined ? [] : [key.publicKey];
  }
}

function documentOf(keySet: { keys: PublishedKey[] }): KeySetDocument {
  const body = JSON.stringify(keySet);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
}
