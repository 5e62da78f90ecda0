import { joinScope, uniqueScopes } from '../scope/scope-set.js';
import { siteScope } from '../scope/server-scopes.js';
import { numericDate } from './numeric-date.js';
import type { SigningAlgorithm } from './token-hash.js';

/** What an access token says. */
export interface AccessTokenFacts {
  readonly issuer: string;
  /** Name of the EHR site, e.g. `default`. */
  readonly site: string;
  readonly clientId: string;
  /** Lower-case uuid of the user in the EHR. */
  readonly subject: string;
  /** Never used before: 80 hexadecimal digits. The EHR looks the token up by it. */
  readonly tokenId: string;
  /** Everything granted, in order. */
  readonly scope: readonly string[];
  readonly issuedAt: Date;
  /** Seconds. */
  readonly lifetime: number;
  /** When the user proved who they are; null when no user did, or when it is not known. */
  readonly authTime: Date | null;
  /** Authentication context class; null when not known. */
  readonly acr: string | null;
  /** Authentication methods (RFC 8176); empty when not known. */
  readonly amr: readonly string[];
}

/** Claims of an access token, by their wire names. */
export interface AccessTokenClaims {
  readonly aud: string;
  readonly jti: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly sub: string;
  readonly scopes: readonly string[];
  readonly iss: string;
  readonly client_id: string;
  readonly scope: string;
  readonly auth_time?: number;
  readonly acr?: string;
  readonly amr?: readonly string[];
}

/** Header of an access token. */
export interface AccessTokenHeader {
  readonly typ: 'at+jwt';
  readonly alg: SigningAlgorithm;
  readonly kid: string;
}

/**
 * The header which tells an access token from an ID token signed with the same key.
 * @param algorithm how it will be signed
 * @param keyId `kid` of the signing key in the published key set
 * @see RFC 9068 §2.1
 */
export function accessTokenHeader(algorithm: SigningAlgorithm, keyId: string): AccessTokenHeader {
  return { typ: 'at+jwt', alg: algorithm, kid: keyId };
}

/**
 * The claims of an access token. They serve two readers: the EHR's API, which wants `aud` to be the client, a list of `scopes` and,
 * in version 7, the site among them (src/RestControllers/Authorization/BearerTokenAuthorizationStrategy.php); and resource servers
 * which follow RFC 9068. All times are whole seconds, which both accept.
 * @see RFC 9068 §2.2
 */
export function accessTokenClaims(facts: AccessTokenFacts): AccessTokenClaims {
  const issuedAt = numericDate(facts.issuedAt);
  return {
    aud: facts.clientId,
    jti: facts.tokenId,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + facts.lifetime,
    sub: facts.subject,
    scopes: uniqueScopes([...facts.scope, siteScope(facts.site)]),
    iss: facts.issuer,
    client_id: facts.clientId, // RFC 9068 §2.2
    scope: joinScope(facts.scope), // RFC 9068 §2.2.3
    ...(facts.authTime !== null && { auth_time: numericDate(facts.authTime) }), // RFC 9068 §2.2.1
    ...(facts.acr !== null && { acr: facts.acr }),
    ...(facts.amr.length > 0 && { amr: facts.amr }),
  };
}
