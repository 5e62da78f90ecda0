import { joinScope } from '../scope/scope-set.js';
import { type IntrospectedToken, smartMembers, type SmartMembers, type TokenStatus, tokenStatus } from '../token/introspection-response.js';
import { numericDate } from '../token/numeric-date.js';

/** Body of an answer of the introspection endpoint as the EHR's own server writes it. */
export interface EhrIntrospectionResponse extends SmartMembers {
  readonly active: boolean;
  readonly status?: TokenStatus;
  /** A text for access tokens, a list for refresh tokens. */
  readonly scope?: string | readonly string[];
  readonly exp?: number;
  readonly sub?: string;
  readonly jti?: string;
  readonly aud?: readonly string[];
  readonly iss?: string;
  readonly client_id?: string;
}

/**
 * What the EHR answers about a token. Of one that is not active any more it tells as much as of an active one; of what it cannot look up,
 * whatever the reason, that it is not active, and nothing else.
 * @param token null when there is nothing to tell
 * @see the EHR's TokenIntrospectionRestController, version 8.2
 */
export function ehrIntrospectionResponse(token: IntrospectedToken | null, now: Date): EhrIntrospectionResponse {
  if (token === null) return { active: false };
  const status = tokenStatus(token, now);
  const { accessToken: extras } = token;
  return {
    active: status === 'active',
    status,
    scope: extras === null ? token.scope : joinScope(token.scope),
    exp: numericDate(token.expiresAt),
    ...(token.subject !== null && { sub: token.subject }),
    ...(extras !== null && { jti: extras.tokenId, aud: extras.audience }),
    ...(extras !== null && extras.issuer !== null && { iss: extras.issuer }),
    client_id: token.clientId,
    ...(extras !== null && smartMembers(extras)),
  };
}
