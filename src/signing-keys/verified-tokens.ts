import { hash, type KeyObject } from 'node:crypto';

type Claims = Readonly<Record<string, unknown>>;

interface Verified {
  readonly key: KeyObject;
  readonly claims: Claims;
}

/** Of more, the one that came first is forgotten. A token of ours has some 600 bytes. */
const MOST = 5_000;

/**
 * Tokens whose signatures were found right, so that a token which is presented again and again is verified once. Whether it still stands is
 * always asked for; that it was signed by a key is so for ever, and counts as long as the key does. Kept by SHA-256: the tokens themselves are not.
 */
export class VerifiedTokens {
  private readonly known = new Map<string, Verified>();

  /** @param token as received, every character of it */
  static nameOf(token: string): string {
    return hash('sha256', token, 'base64');
  }

  /** @param keys those that count now */
  find(name: string, keys: readonly KeyObject[]): Claims | null {
    const verified = this.known.get(name);
    return verified !== undefined && keys.includes(verified.key) ? verified.claims : null;
  }

  add(name: string, key: KeyObject, claims: Claims): void {
    const [oldest] = this.known.keys();
    if (this.known.size >= MOST && oldest !== undefined) this.known.delete(oldest);
    this.known.set(name, { key, claims: Object.freeze(claims) });
  }
}
