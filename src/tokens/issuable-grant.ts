import type { Transaction } from '../platform/database/transactions.js';
import type { Person } from '../sign-in/person.js';
import type { GrantRecord } from './grant.entity.js';

/** What one authorization allowed, without what becomes of it. */
export type GrantFacts = Omit<GrantRecord, 'createdAt' | 'expiresAt' | 'endedAt'>;

/** One answer of the token endpoint, as it is about to be stored. */
export interface Issued {
  /** Identifier of the access token: 80 hex digits. */
  readonly jti: string;
  readonly issuedAt: Date;
  readonly accessExpiresAt: Date;
  /** Identifier of the refresh token: 80 hex digits; null when none is handed out. */
  readonly refreshIdentifier: string | null;
  /** SHA-256 of a refresh token in the EHR's form, hex; null for one of our own form, which is found by its identifier. */
  readonly sealedHash: string | null;
  /** When the later of the two tokens ends. */
  readonly expiresAt: Date;
}

/** What may be issued: a grant which was presented rightly, but is not yet marked as used. Only a Grant makes one. */
export interface IssuableGrant {
  readonly grant: GrantFacts;
  /** Scopes of the access token: those of the grant, or fewer. */
  readonly scope: readonly string[];
  /** Seconds that the access token is good for, where it is not the setting for all. */
  readonly lifetime?: number;
  /** To be repeated in the ID token; null when there was none, and at a refresh (OIDC Core §12.2). */
  readonly nonce: string | null;
  /** All that is known about the person, by claim name. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Whom the audit log names. Left out at a refresh, which is not written there: it allows nothing new. */
  readonly recipient?: Pick<Person, 'username' | 'userId' | 'patientNumber'>;
  /**
   * Marks what was presented as used, in the transaction that stores the tokens.
   * @throws OvertakenError when another request was faster
   */
  readonly claim: (tx: Transaction, issued: Issued) => Promise<void>;
}

/** Another request used, rotated or ended the same grant first. Presented again, it will be judged by what it has become. */
export class OvertakenError extends Error {
  override readonly name = 'OvertakenError';

  constructor() {
    super('another request used the same grant first');
  }
}
