import { FORM_LIMITS } from '../protocol/parameters/form.js';
import { uniqueScopes } from '../protocol/scope/scope-set.js';

/**
 * Hex digits of the shortest and the longest text that can be genuine: header, salt, counter and signature around at least an identifier,
 * a client, a person and the member names; at most what a parameter may carry.
 */
const SHORTEST = 560;
const LONGEST = FORM_LIMITS.valueLength;
const OPAQUE = /^def50200[0-9a-f]+$/;
const IDENTIFIER = /^[0-9a-f]{80}$/;

/**
 * Whether a text has the form in which the EHR's own server seals codes and refresh tokens. Told by the text alone, so that tokens of
 * ours, which are shorter, take no detour, and nothing is spent on what cannot be genuine.
 */
export function isEhrOpaqueToken(text: string): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST && text.length % 2 === 0 && OPAQUE.test(text);
}

/** Identifiers of the EHR's tokens: 80 hex digits. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && IDENTIFIER.test(value);
}

/** A text that is there. */
export function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** @param value `expire_time`: epoch seconds */
export function findMoment(value: unknown): Date | null {
  return typeof value === 'number' && Number.isFinite(value) ? new Date(value * 1000) : null;
}

/**
 * @param value `scopes`: a list of words
 * @returns those that a client can ask for, in order; null when it is no such list
 */
export function findGrantableScope(value: unknown): string[] | null {
  if (!Array.isArray(value) || !value.every(isName)) return null;
  return uniqueScopes(value.filter(isGrantable));
}

/**
 * The EHR's versions put two things among the scopes that nobody can ask for: `nonce` when the request had one, and the site, which each
 * access token is given anew.
 */
export function isGrantable(scope: string): boolean {
  return scope !== 'nonce' && !scope.startsWith('site:');
}
