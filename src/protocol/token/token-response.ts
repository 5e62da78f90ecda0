import { joinScope } from '../scope/scope-set.js';

/** What was issued. */
export interface IssuedTokens {
  /** Signed; null without the scope openid. */
  readonly idToken: string | null;
  /** SMART launch context (`patient`, `encounter`, ...), by wire name; empty when there is none. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Everything granted, in order. */
  readonly scope: readonly string[];
  readonly accessToken: string;
  /** Seconds. */
  readonly lifetime: number;
  /** Null when the grant cannot be refreshed. */
  readonly refreshToken: string | null;
}

/** Body of a successful answer of the token endpoint. */
export interface TokenResponse {
  readonly id_token?: string;
  readonly scope?: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly [contextMember: string]: unknown;
}

/** Members with a meaning of their own, which a launch context cannot set. */
const PROTOCOL_MEMBERS: ReadonlySet<string> = new Set([
  'id_token',
  'scope',
  'token_type',
  'expires_in',
  'access_token',
  'refresh_token',
  'issued_token_type',
  'error',
  'error_description',
  'error_uri',
]);

/**
 * The body which tells a client what it got, its members in the EHR's order. `scope` names everything that was granted: the EHR leaves
 * some scopes out, after which a client cannot tell what it may do.
 * @see RFC 6749 §5.1, §3.3; OIDC Core §3.1.3.3; SMART App Launch 2.2 §2.1.11 for the context
 */
export function tokenResponse(issued: IssuedTokens): TokenResponse {
  const context = Object.entries(issued.context).filter(([name]) => !PROTOCOL_MEMBERS.has(name));
  return {
    ...(issued.idToken !== null && { id_token: issued.idToken }),
    ...Object.fromEntries(context),
    ...(issued.scope.length > 0 && { scope: joinScope(issued.scope) }), // RFC 6749 §3.3: never an empty list
    token_type: 'Bearer',
    expires_in: issued.lifetime,
    access_token: issued.accessToken,
    ...(issued.refreshToken !== null && { refresh_token: issued.refreshToken }),
  };
}
