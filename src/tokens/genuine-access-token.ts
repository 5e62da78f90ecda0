import type { TokenAuthentication } from '../protocol/token/introspection-response.js';
import type { AccessTokenKey } from './access-token-facts.query.js';

/** What an access token says whose signature is ours. Whether it is still good is another question. */
export interface GenuineAccessToken extends AccessTokenKey {
  readonly scope: readonly string[];
  readonly issuedAt: Date;
  /** Null when it names no beginning. */
  readonly notBefore: Date | null;
  readonly expiresAt: Date;
  /** Null where the EHR's own server, before version 8.2, left it out. */
  readonly issuer: string | null;
  /** How the person signed in. */
  readonly authentication: TokenAuthentication;
}

/**
 * Tells access tokens from everything else that the same key signs: an ID token has neither `jti` nor `scopes`. Those of the EHR's own
 * server are access tokens as well; their times have fractions.
 * @param claims of a JWT whose signature is proven
 * @returns null for anything but an access token
 * @see RFC 9068 §2.2
 */
export function findAccessToken(claims: Readonly<Record<string, unknown>>): GenuineAccessToken | null {
  const { jti, sub, aud, iat, nbf, exp, iss, scopes, scope, auth_time: authTime, acr, amr } = claims;
  const audience: unknown = Array.isArray(aud) && aud.length === 1 ? aud[0] : aud;
  if (typeof jti !== 'string' || typeof sub !== 'string' || typeof audience !== 'string' || !isTextList(scopes)) return null;
  const [issuedAt, expiresAt] = [momentOf(iat), momentOf(exp)];
  if (issuedAt === null || expiresAt === null) return null;
  return {
    tokenId: jti,
    clientId: audience,
    subject: sub,
    scope: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : scopes,
    issuedAt,
    notBefore: momentOf(nbf),
    expiresAt,
    issuer: typeof iss === 'string' ? iss : null,
    authentication: { authTime: momentOf(authTime), acr: typeof acr === 'string' ? acr : null, amr: isTextList(amr) ? amr : [] },
  };
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

function momentOf(seconds: unknown): Date | null {
  return typeof seconds === 'number' && Number.isFinite(seconds) ? new Date(seconds * 1000) : null;
}
