import { badAssertion } from './assertion.js';

/** What an assertion is measured by. */
export interface AssertionExpectation {
  /** `client_id` of the form; null when it stands in the assertion alone. */
  readonly clientId: string | null;
  /** Whom it may be meant for: the issuer, the token endpoint, and the endpoint that was called. */
  readonly audiences: readonly string[];
  readonly now: Date;
}

/** What an assertion that fits says. Its signature is another matter. */
export interface AssertionClaims {
  readonly clientId: string;
  /** Never accepted twice from this client. */
  readonly jti: string;
  /** Until when it could be accepted, the tolerated skew included: that long its jti must be remembered. */
  readonly acceptableUntil: Date;
}

/** Seconds by which the clocks of client and server may differ; what the EHR's own server allows. */
const SKEW = 60;
/** Seconds that an assertion may be good for. SMART App Launch, Client Authentication: Asymmetric */
const LONGEST_LIFE = 300;
/** Printable, so that both databases compare it as it is. */
const JTI = /^[\x20-\x7e]{1,255}$/;

/**
 * Decides whether an assertion says what the assertion of a client must say, here and now.
 * @throws OAuthError invalid_client; its `detail` names the claim
 * @see RFC 7523 §3; OIDC Core §9; SMART App Launch, Client Authentication: Asymmetric
 */
export function checkAssertionClaims(claims: Readonly<Record<string, unknown>>, expected: AssertionExpectation): AssertionClaims {
  const clientId = checkClient(claims, expected.clientId);
  checkAudience(claims['aud'], expected.audiences);
  const now = expected.now.getTime() / 1000;
  const end = checkTime(claims['exp'], 'exp'); // RFC 7523 §3 (4)
  if (end === null) throw badAssertion('exp of the assertion is missing');
  if (end <= now - SKEW) throw badAssertion('the assertion has expired');
  if (end > now + LONGEST_LIFE + SKEW) throw badAssertion(`the assertion is good for more than ${LONGEST_LIFE} seconds`);
  for (const name of ['nbf', 'iat']) {
    const moment = checkTime(claims[name], name); // RFC 7523 §3 (5), (6)
    if (moment !== null && moment > now + SKEW) throw badAssertion(`${name} of the assertion lies in the future`);
  }
  const { jti } = claims;
  if (typeof jti !== 'string' || !JTI.test(jti)) throw badAssertion('jti of the assertion is missing, too long, or not printable'); // OIDC Core §9
  return { clientId, jti, acceptableUntil: new Date((end + SKEW) * 1000) };
}

function checkClient({ iss, sub }: Readonly<Record<string, unknown>>, named: string | null): string {
  if (typeof sub !== 'string' || sub === '') throw badAssertion('sub of the assertion is missing'); // RFC 7523 §3 (2)
  if (iss !== sub) throw badAssertion('iss and sub of the assertion differ'); // RFC 7523 §3 (1); OIDC Core §9
  if (named !== null && named !== sub) throw badAssertion('the assertion is of another client than client_id names'); // RFC 7521 §4.2
  return sub;
}

function checkAudience(aud: unknown, accepted: readonly string[]): void {
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (audiences.some((audience) => typeof audience === 'string' && accepted.includes(audience))) return; // RFC 7523 §3 (3)
  throw badAssertion('the assertion is meant for somebody else: aud names neither the issuer nor the endpoint');
}

/** @returns seconds since 1970; null when absent. RFC 7519 §2 NumericDate */
function checkTime(value: unknown, name: string): number | null {
  if (value === undefined) return null;
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1e11)
    throw badAssertion(`${name} of the assertion is not a time`);
  return value;
}
