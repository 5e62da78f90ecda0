/** What is remembered about a refresh token that is presented. */
export interface RefreshTokenFacts {
  readonly expiresAt: Date;
  /** Ended by logout, by revocation or with its family; not merely replaced by a successor. */
  readonly revoked: boolean;
  /** When it was exchanged for its successor; null while it is the newest of its family. */
  readonly rotatedAt: Date | null;
  /** Whether the successor was exchanged in turn: proof that the answer which carried it arrived. */
  readonly successorUsed: boolean;
}

/**
 * What follows from presenting a refresh token:
 * - `rotate`: it is good; exchange it for a successor.
 * - `retry`: it was just exchanged, but the answer may have been lost; replace the unused successor by a new one.
 * - `reuse`: two parties hold it; refuse, and end the whole family.
 * - `expired`, `revoked`: refuse.
 */
export type RefreshDecision = 'rotate' | 'retry' | 'reuse' | 'expired' | 'revoked';

/**
 * Decides what may be done with a refresh token. Reuse is looked at before expiry: a copy in wrong hands is no less a copy
 * when it is old, and its family may be alive.
 * @param now time of the request
 * @param graceSeconds how long after the exchange a lost answer may be asked for again; 0 allows no repetition
 * @see RFC 9700 §4.14.2
 */
export function decideRefresh(facts: RefreshTokenFacts, now: Date, graceSeconds: number): RefreshDecision {
  if (facts.revoked) return 'revoked';
  const isExpired = facts.expiresAt.getTime() <= now.getTime();
  if (facts.rotatedAt === null) return isExpired ? 'expired' : 'rotate';
  if (facts.successorUsed || !isWithinGrace(facts.rotatedAt, now, graceSeconds)) return 'reuse'; // RFC 9700 §4.14.2
  return isExpired ? 'expired' : 'retry';
}

/** Replicas' clocks differ a little: an exchange that seems to lie ahead has just happened. */
function isWithinGrace(rotatedAt: Date, now: Date, graceSeconds: number): boolean {
  const elapsed = Math.max(0, now.getTime() - rotatedAt.getTime());
  return elapsed < graceSeconds * 1000;
}
