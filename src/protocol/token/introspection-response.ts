import { contextMembers, type LaunchContext } from '../launch/launch-context.js';
import { joinScope } from '../scope/scope-set.js';
import { numericDate } from './numeric-date.js';

/** How a token stands. `invalid`: not a token of this server, or not for the one who asks. */
export type TokenStatus = 'active' | 'expired' | 'revoked' | 'invalid';

/** How a person signed in, as an access token says it. */
export interface TokenAuthentication {
  /** Null, and empty, where the token does not say: those of the EHR's own server do not. */
  readonly authTime: Date | null;
  readonly acr: string | null;
  /** @see RFC 8176 §2 */
  readonly amr: readonly string[];
}

/** What only an access token says about itself. */
export interface AccessTokenExtras {
  /** `jti` */
  readonly tokenId: string;
  readonly issuedAt: Date;
  readonly audience: readonly string[];
  /** Null where the EHR's own server, before version 8.2, left it out. */
  readonly issuer: string | null;
  readonly authentication: TokenAuthentication;
  /** SMART launch context, by wire name; left out or {} when there is none. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** URL of the FHIR resource of the person; left out or null without the scope for it. */
  readonly fhirUser?: string | null;
}

/** What SMART adds. @see SMART App Launch 2.2, "Token Introspection" */
export interface SmartMembers extends LaunchContext {
  readonly fhirUser?: string;
}

/** A genuine token, and that the one who asks may ask about it. */
export interface IntrospectedToken {
  readonly clientId: string;
  /** Null for a token without a user. */
  readonly subject: string | null;
  readonly scope: readonly string[];
  readonly expiresAt: Date;
  /** By revocation, by logout, or because its family ended. */
  readonly isRevoked: boolean;
  /** Null for refresh tokens. */
  readonly accessToken: AccessTokenExtras | null;
}

/** Body of an answer of the introspection endpoint. */
export interface IntrospectionResponse extends SmartMembers {
  readonly active: boolean;
  /** Not of RFC 7662: the EHR's clients read why a token is not active. */
  readonly status: TokenStatus;
  readonly scope?: string;
  readonly exp?: number;
  readonly sub?: string;
  readonly client_id?: string;
  readonly token_type?: 'Bearer';
  readonly jti?: string;
  readonly iat?: number;
  readonly aud?: readonly string[];
  readonly iss?: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
}

/**
 * Decides how a genuine token stands. Revoked wins over expired: somebody ended it on purpose, and that stays true.
 * @param now a token ends with the second it names: at `expiresAt` it has expired
 * @see RFC 7662 §2.2
 */
export function tokenStatus(token: Pick<IntrospectedToken, 'expiresAt' | 'isRevoked'>, now: Date): 'active' | 'expired' | 'revoked' {
  if (token.isRevoked) return 'revoked';
  return token.expiresAt.getTime() <= now.getTime() ? 'expired' : 'active'; // RFC 7519 §4.1.4
}

/**
 * The answer about a token. An unknown token, one of another client and a client which did not prove itself look alike.
 * Expired and revoked tokens keep what the EHR's clients read from them; RFC 7662 advises to say less, to protect against scanning for
 * tokens, which a verified token does not need.
 * @param token null when there is nothing to tell
 * @see RFC 7662 §2.2
 */
export function introspectionResponse(token: IntrospectedToken | null, now: Date): IntrospectionResponse {
  if (token === null) return { active: false, status: 'invalid' };
  const status = tokenStatus(token, now);
  return {
    active: status === 'active',
    status,
    ...(token.scope.length > 0 && { scope: joinScope(token.scope) }),
    exp: numericDate(token.expiresAt),
    ...(token.subject !== null && { sub: token.subject }),
    client_id: token.clientId,
    ...(status === 'active' && token.accessToken !== null && accessTokenMembers(token.accessToken)),
  };
}

function accessTokenMembers(extras: AccessTokenExtras): Partial<IntrospectionResponse> {
  const { authTime, acr, amr } = extras.authentication;
  return {
    token_type: 'Bearer',
    jti: extras.tokenId,
    iat: numericDate(extras.issuedAt),
    aud: extras.audience,
    ...(extras.issuer !== null && { iss: extras.issuer }),
    ...(authTime !== null && { auth_time: numericDate(authTime) }), // RFC 9470 §6.2
    ...(acr !== null && { acr }),
    ...(amr.length > 0 && { amr }),
    ...smartMembers(extras),
  };
}

/** @see SMART App Launch 2.2, "Token Introspection" */
export function smartMembers({ context = {}, fhirUser }: AccessTokenExtras): SmartMembers {
  return { ...contextMembers(context), ...(typeof fhirUser === 'string' && { fhirUser }) };
}
