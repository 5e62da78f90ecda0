import type { RedirectTarget } from './target.js';

/** What a self-submitting page needs: the address, and the fields in the order they are posted. */
export interface FormPostModel {
  /** Absolute URI: the form's `action`. */
  readonly action: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** An answer on its way to the client, by the browser. */
export type ResponseToClient =
  { readonly kind: 'redirect'; readonly location: string } | { readonly kind: 'form_post'; readonly model: FormPostModel };

/**
 * The answer to a request that was granted.
 * @param target where the client asked to be answered
 * @param code the authorization code, in clear
 * @see RFC 6749 §4.1.2
 */
export function authorizationResponse(target: RedirectTarget, code: string): ResponseToClient {
  return respondTo(target, [['code', code]]);
}

/**
 * Adds to the members of an answer what every answer carries, and puts it into the shape that the client asked for.
 * @param target the proven address
 * @param members what this answer says, in the order it is sent
 * @see RFC 6749 §4.1.2, §4.1.2.1; RFC 9207 §2; OAuth 2.0 Form Post Response Mode §2
 */
export function respondTo(target: RedirectTarget, members: readonly (readonly [string, string])[]): ResponseToClient {
  const fields: (readonly [string, string])[] = [...members];
  if (target.state !== null) fields.push(['state', target.state]); // RFC 6749 §4.1.2: exactly as received
  fields.push(['iss', target.issuer]); // RFC 9207 §2: in errors as well
  if (target.responseMode === 'form_post') return { kind: 'form_post', model: { action: target.redirectUri, fields } };
  return { kind: 'redirect', location: withQuery(target.redirectUri, fields) };
}

/** Adds to the query a URI already has; the rest of the URI is not touched, not even by normalisation. RFC 6749 §3.1.2 */
function withQuery(uri: string, fields: readonly (readonly [string, string])[]): string {
  const query = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
  const joint = !uri.includes('?') ? '?' : /[?&]$/.test(uri) ? '' : '&';
  return `${uri}${joint}${query}`;
}
