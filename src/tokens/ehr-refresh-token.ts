import { findGrantableScope, findMoment, isIdentifier, isName } from './ehr-sealed-members.js';

/** What a refresh token of the EHR's own server says. Whether it is still good is another question. */
export interface EhrRefreshToken {
  /** 80 hex digits: column api_refresh_token.token. */
  readonly identifier: string;
  /** 80 hex digits: `jti` of the access token that came with it. */
  readonly jti: string;
  readonly clientId: string;
  /** uuid text. */
  readonly subject: string;
  /** What a client can ask for here: see `isGrantable`. */
  readonly scope: readonly string[];
  readonly expiresAt: Date;
}

/**
 * Reads what was sealed in a refresh token.
 * @param members of the JSON object inside
 * @returns null when it is none: authorization codes are sealed with the same password
 * @see the EHR's league/oauth2-server, RefreshTokenGrant
 */
export function findEhrRefreshToken(members: Readonly<Record<string, unknown>>): EhrRefreshToken | null {
  const { refresh_token_id: identifier, access_token_id: jti, client_id: clientId, user_id: subject } = members;
  if (!isIdentifier(identifier) || !isIdentifier(jti) || !isName(clientId) || !isName(subject)) return null;
  const [scope, expiresAt] = [findGrantableScope(members['scopes']), findMoment(members['expire_time'])];
  return scope && expiresAt && { identifier, jti, clientId, subject, scope, expiresAt };
}

/**
 * What the EHR seals in a refresh token, by its names and in its order.
 * @returns JSON text
 */
export function ehrRefreshTokenText({ identifier, jti, clientId, subject, scope, expiresAt }: EhrRefreshToken): string {
  return JSON.stringify({
    client_id: clientId,
    refresh_token_id: identifier,
    access_token_id: jti,
    scopes: scope,
    user_id: subject,
    expire_time: Math.floor(expiresAt.getTime() / 1000),
  });
}
