import { badMetadata, findTextList } from './metadata-value.js';

/** What a client may ask the authorization and token endpoints for. */
export interface ClientGrants {
  readonly grantTypes: string[];
  readonly responseTypes: string[];
}

/** What this server can do; each list has one owner, which is not here. */
export interface GrantPolicy {
  readonly grantTypes: readonly string[];
  readonly responseTypes: readonly string[];
}

const DEFAULT_GRANT_TYPE = 'authorization_code'; // RFC 7591 §2
const DEFAULT_RESPONSE_TYPE = 'code'; // RFC 7591 §2
/** Only an administrator may add these to a client. */
const RESERVED_GRANT_TYPES: readonly string[] = ['password'];
/** Length of the EHR's column oauth_clients.grant_types, which holds the list joined by one character. */
const LONGEST_JOINED = 80;
const BOUNDS = { longest: 80, most: 20 };

/**
 * Decides which grants and response types a client is registered for. `password` is passed over in silence, as the EHR does; a list
 * of which nothing is left counts as absent, and the reply says what was registered (RFC 7591 §3.2.1).
 * @param sent members grant_types and response_types
 * @param defaults what a client gets that names none
 * @throws OAuthError invalid_client_metadata: unsupported, more than the EHR can store, or inconsistent with each other
 * @see RFC 7591 §2, §2.1
 */
export function checkClientGrants(
  sent: { readonly grant_types?: unknown; readonly response_types?: unknown },
  policy: GrantPolicy,
  defaults: readonly string[] = [DEFAULT_GRANT_TYPE],
): ClientGrants {
  const grantTypes = checkGrantTypes(sent.grant_types, policy.grantTypes, defaults);
  const usesCode = grantTypes.includes('authorization_code');
  const responseTypes = checkResponseTypes(sent.response_types, policy.responseTypes) ?? (usesCode ? [DEFAULT_RESPONSE_TYPE] : []);
  if (usesCode !== responseTypes.includes('code')) {
    throw badMetadata('the grant type authorization_code and the response type code need each other'); // RFC 7591 §2.1
  }
  return { grantTypes, responseTypes };
}

function checkGrantTypes(value: unknown, supported: readonly string[], defaults: readonly string[]): string[] {
  const sent = findTextList(value, 'grant_types', BOUNDS) ?? [];
  const wanted = sent.filter((grantType) => !RESERVED_GRANT_TYPES.includes(grantType));
  if (!wanted.every((grantType) => supported.includes(grantType))) {
    const open = supported.filter((grantType) => !RESERVED_GRANT_TYPES.includes(grantType));
    throw badMetadata(`grant_types may hold ${open.join(', ')}`);
  }
  if (wanted.join('|').length > LONGEST_JOINED) throw badMetadata('grant_types holds more than can be registered for one client');
  return wanted.length > 0 ? wanted : defaults.filter((grantType) => grantType === DEFAULT_GRANT_TYPE || supported.includes(grantType));
}

function checkResponseTypes(value: unknown, supported: readonly string[]): string[] | null {
  const sent = findTextList(value, 'response_types', BOUNDS);
  if (sent !== null && !sent.every((responseType) => supported.includes(responseType))) {
    throw badMetadata(`response_types may hold ${supported.join(', ')}`);
  }
  return sent;
}
