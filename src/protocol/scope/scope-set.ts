import { OAuthError } from '../errors/oauth-error.js';

const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/; // RFC 6749 §3.3
const SEPARATOR = ' ';

/**
 * The scopes without repetitions, in the order of their first appearance.
 * @param scopes scope names
 * @see RFC 6749 §3.3: the order does not matter, a repetition adds nothing
 */
export function uniqueScopes(scopes: Iterable<string>): string[] {
  return [...new Set(scopes)];
}

/**
 * Reads a `scope` parameter.
 * @param text names separated by spaces; surplus spaces are tolerated, any other white space is not
 * @returns the names once each, in the order sent; empty when nothing is named
 * @throws OAuthError invalid_scope when a name holds a character which no scope may hold
 * @see RFC 6749 §3.3
 */
export function parseScope(text: string): string[] {
  const scopes = text.split(SEPARATOR).filter((scope) => scope !== '');
  const malformed = scopes.findIndex((scope) => !SCOPE_TOKEN.test(scope));
  if (malformed !== -1) {
    throw new OAuthError('invalid_scope', 'scope holds a character that is not allowed', {
      detail: `scope number ${malformed + 1} is malformed`,
    });
  }
  return uniqueScopes(scopes);
}

/**
 * Writes scopes as the value of a `scope` parameter.
 * @returns names separated by one space
 * @see RFC 6749 §3.3
 */
export function joinScope(scopes: readonly string[]): string {
  return scopes.join(SEPARATOR);
}

/**
 * The wanted scopes that are not available. Names are compared as they are: one scope never stands for another here.
 * @param available what may be had
 * @param wanted what is asked for
 * @returns in the order of `wanted`, once each
 */
export function missingScopes(available: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(available);
  return uniqueScopes(wanted).filter((scope) => !known.has(scope));
}

/**
 * Decides whether every wanted scope is available. Nothing wanted is always covered.
 * @param available what may be had
 * @param wanted what is asked for
 * @see RFC 6749 §6: a refresh may not ask for more than was granted
 */
export function coversScopes(available: readonly string[], wanted: readonly string[]): boolean {
  return missingScopes(available, wanted).length === 0;
}

/**
 * The wanted scopes that are available.
 * @param available what may be had
 * @param wanted what is asked for
 * @returns in the order of `wanted`, once each
 * @see RFC 6749 §3.3: the server may grant less than was asked for
 */
export function intersectScopes(available: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(available);
  return uniqueScopes(wanted).filter((scope) => known.has(scope));
}
