import { numericDate } from './numeric-date.js';
import { type SigningAlgorithm, tokenHash } from './token-hash.js';

/** What an ID token says. */
export interface IdTokenFacts {
  readonly issuer: string;
  readonly clientId: string;
  /** Lower-case uuid of the user in the EHR. */
  readonly subject: string;
  readonly issuedAt: Date;
  /** Seconds; the EHR lets it end with its access token. */
  readonly lifetime: number;
  /** `nonce` of the authorization request; null when there was none, and at a refresh. */
  readonly nonce: string | null;
  /** When the user proved who they are; null when it is not known. */
  readonly authTime: Date | null;
  /** Authentication context class; null when not known. */
  readonly acr: string | null;
  /** Authentication methods (RFC 8176); empty when not known. */
  readonly amr: readonly string[];
  /** `sid`: names the session to the client without being able to resume it; null when there is none. */
  readonly sessionId: string | null;
  /** The access token issued beside it, as the client receives it. */
  readonly accessToken: string;
  /** How the ID token will be signed. */
  readonly algorithm: SigningAlgorithm;
  /** What the granted scopes open about the user, by claim name. */
  readonly userClaims: Readonly<Record<string, unknown>>;
}

/** Claims about the token itself. What is known about a user can never take their place. */
const PROTOCOL_CLAIMS: ReadonlySet<string> = new Set([
  'iss',
  'sub',
  'aud',
  'exp',
  'nbf',
  'iat',
  'jti',
  'auth_time',
  'nonce',
  'acr',
  'amr',
  'azp',
  'at_hash',
  'c_hash',
  's_hash',
  'sid',
]);

/** Claims of an ID token, by their wire names; those about the user follow the protocol's. */
export interface IdTokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly sub: string;
  readonly nonce?: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
  readonly at_hash: string;
  readonly sid?: string;
  readonly [userClaim: string]: unknown;
}

/**
 * The claims of an ID token.
 * @see OIDC Core §2, §3.1.3.6; OIDC Back-Channel Logout §2.1 for `sid`
 */
export function idTokenClaims(facts: IdTokenFacts): IdTokenClaims {
  const issuedAt = numericDate(facts.issuedAt);
  const userClaims = Object.entries(facts.userClaims).filter(([name]) => !PROTOCOL_CLAIMS.has(name));
  return {
    aud: facts.clientId,
    iss: facts.issuer,
    iat: issuedAt,
    exp: issuedAt + facts.lifetime,
    sub: facts.subject,
    ...(facts.nonce !== null && { nonce: facts.nonce }), // OIDC Core §3.1.3.6
    ...(facts.authTime !== null && { auth_time: numericDate(facts.authTime) }),
    ...(facts.acr !== null && { acr: facts.acr }),
    ...(facts.amr.length > 0 && { amr: facts.amr }),
    at_hash: tokenHash(facts.accessToken, facts.algorithm), // OIDC Core §3.1.3.6
    ...(facts.sessionId !== null && { sid: facts.sessionId }),
    ...Object.fromEntries(userClaims),
  };
}
