import type { OAuthErrorCode } from '../errors/oauth-error.js';
import { badMetadata, findText, findTextList } from './metadata-value.js';

/** Characters of one URI, and how many a client may register: together they fit the EHR's column. */
const URI_BOUNDS = { longest: 2_000, most: 30 };

const URI_CHARACTERS = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+$/; // RFC 3986 §2
const BROKEN_ESCAPE = /%(?![0-9A-Fa-f]{2})/; // RFC 3986 §2.1
const HTTP = /^https?:\/\/[^/?#]/i;
/** Addresses of the machine the browser runs on, as they are written; other spellings of them are not looked for. */
const LOOPBACK = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]{1,5})?(?:[/?#]|$)/i;
/** Named after a domain in reverse, so that two vendors do not claim one scheme. */
const PRIVATE_USE_SCHEME = /^[A-Za-z][A-Za-z0-9+-]*(?:\.[A-Za-z0-9+-]+)+:.+$/; // RFC 8252 §7.1

/** What a client's kind changes about its redirect URIs. */
export interface RedirectUriPolicy {
  /** Whether the app may be started by a scheme of its own (`com.example.app:/done`). */
  readonly privateUseSchemes: boolean;
}

/**
 * Checks the URIs to which answers may be sent.
 * @param value member `redirect_uris`
 * @returns in the order sent; empty when absent
 * @throws OAuthError invalid_redirect_uri naming the entry
 * @see RFC 6749 §3.1.2; RFC 8252 §7, §8.3; RFC 9700 §2.1, §4.1.3
 */
export function checkRedirectUris(value: unknown, policy: RedirectUriPolicy): string[] {
  return checkTargets(value, 'redirect_uris', policy, 'invalid_redirect_uri');
}

/**
 * Checks the URIs to which a browser may be sent after logout: the same rules, since the danger is the same.
 * @param value member `post_logout_redirect_uris`
 * @returns in the order sent; empty when absent
 * @throws OAuthError invalid_client_metadata naming the entry
 * @see OIDC RP-Initiated Logout §3.1
 */
export function checkPostLogoutRedirectUris(value: unknown, policy: RedirectUriPolicy): string[] {
  return checkTargets(value, 'post_logout_redirect_uris', policy, 'invalid_client_metadata');
}

/**
 * Checks a URI that people may follow from our pages: http or https, since other schemes can run code there.
 * @param name wire name of the member
 * @returns null when absent
 * @throws OAuthError invalid_client_metadata
 * @see RFC 7591 §2, §5
 */
export function findPageUri(value: unknown, name: string): string | null {
  const uri = findUri(value, name);
  if (uri !== null && !HTTP.test(uri)) throw badMetadata(`${name} must be an http or https URL`);
  return uri;
}

/**
 * Checks a URI that programs rely on: https, or http on the same machine.
 * @param name wire name of the member
 * @returns null when absent
 * @throws OAuthError invalid_client_metadata
 * @see RFC 7591 §5; OIDC Registration §2
 */
export function findSecureUri(value: unknown, name: string): string | null {
  const uri = findUri(value, name);
  if (uri !== null && !isSecure(uri)) throw badMetadata(`${name} must be an https URL`);
  return uri;
}

function findUri(value: unknown, name: string): string | null {
  const uri = findText(value, name, URI_BOUNDS.longest);
  if (uri !== null) checkForm(uri, name, 'invalid_client_metadata');
  return uri;
}

function checkTargets(value: unknown, name: string, policy: RedirectUriPolicy, code: OAuthErrorCode): string[] {
  const uris = findTextList(value, name, URI_BOUNDS, code) ?? [];
  uris.forEach((uri, index) => checkTarget(uri, `${name}[${index}]`, policy, code));
  return uris;
}

function checkTarget(uri: string, name: string, policy: RedirectUriPolicy, code: OAuthErrorCode): void {
  checkForm(uri, name, code);
  if (uri.includes('#')) throw badMetadata(`${name} must not have a fragment`, code); // RFC 6749 §3.1.2
  if (isSecure(uri)) return; // RFC 9700 §2.1, RFC 8252 §7.3
  if (/^http:/i.test(uri)) throw badMetadata(`${name} must use https: plain http is for loopback addresses`, code); // RFC 9700 §2.6
  if (!PRIVATE_USE_SCHEME.test(uri))
    throw badMetadata(`${name} must be an https URL, or have a scheme which is a domain name in reverse`, code); // RFC 8252 §7.1
  if (!policy.privateUseSchemes)
    throw badMetadata(`${name} must be an https URL: a scheme of its own is for public and native clients`, code);
}

/** What holds for every URI: absolute, of the characters a URI has, readable, and without a user name that hides the host. */
function checkForm(uri: string, name: string, code: OAuthErrorCode): void {
  if (!URI_CHARACTERS.test(uri) || BROKEN_ESCAPE.test(uri))
    throw badMetadata(`${name} holds a character that must be percent-encoded`, code);
  const parsed = URL.canParse(uri) ? new URL(uri) : null;
  if (parsed === null) throw badMetadata(`${name} is not an absolute URI`, code); // RFC 6749 §3.1.2
  if (parsed.username !== '' || parsed.password !== '') throw badMetadata(`${name} must not have a user name or password`, code); // RFC 3986 §7.5
}

function isSecure(uri: string): boolean {
  return (/^https:/i.test(uri) && HTTP.test(uri)) || LOOPBACK.test(uri);
}
