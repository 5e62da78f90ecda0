import { uniqueScopes } from '../protocol/scope/scope-set.js';

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

/** Header, salt, initial counter and signature alone are longer than any token of ours. */
const OPAQUE = /^def50200[0-9a-f]{160,}$/;
const IDENTIFIER = /^[0-9a-f]{80}$/;

/**
 * Whether a text has the form in which the EHR's own server seals codes and refresh tokens. Told by the text alone, so that tokens of
 * ours, which are shorter, take no detour.
 */
export function isEhrOpaqueToken(text: string): boolean {
  return OPAQUE.test(text);
}

/**
 * Reads what was sealed in a refresh token.
 * @param members of the JSON object inside
 * @returns null when it is none: authorization codes are sealed with the same password
 * @see the EHR's league/oauth2-server, RefreshTokenGrant
 */
export function findEhrRefreshToken(members: Readonly<Record<string, unknown>>): EhrRefreshToken | null {
  const { refresh_token_id: identifier, access_token_id: jti, client_id: clientId, user_id: subject, expire_time: end, scopes } = members;
  if (!isIdentifier(identifier) || !isIdentifier(jti) || !isName(clientId) || !isName(subject)) return null;
  if (typeof end !== 'number' || !Number.isFinite(end) || !isTextList(scopes)) return null;
  return { identifier, jti, clientId, subject, scope: uniqueScopes(scopes.filter(isGrantable)), expiresAt: new Date(end * 1000) };
}

/**
 * The EHR's versions put two things among the scopes that nobody can ask for: `nonce` when the request had one, and the site, which each
 * access token is given anew.
 */
function isGrantable(scope: string): boolean {
  return scope !== 'nonce' && !scope.startsWith('site:');
}

function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && word !== '');
}
