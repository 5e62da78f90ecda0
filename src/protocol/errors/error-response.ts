import { type FormPostModel, respondTo } from '../authorization/authorization-response.js';
import type { RedirectTarget } from '../authorization/target.js';
import type { OAuthError, OAuthErrorCode } from './oauth-error.js';
import { quotaFields } from './quota.js';

/** Names this server to whoever is asked for credentials. RFC 9110 §11.5 */
const REALM = 'chartkey';

/** Who is listening where the error is shown. */
export type ErrorChannel =
  /** An endpoint for clients. `usedBasic`: the request had an `Authorization: Basic` header. */
  | { readonly kind: 'json'; readonly usedBasic: boolean }
  /** A resource which takes bearer tokens. `scope`: what a token would need. */
  | { readonly kind: 'bearer'; readonly tokenPresented: boolean; readonly scope?: readonly string[] }
  /** People. `referenceId` is also in the log. */
  | { readonly kind: 'page'; readonly referenceId: string };

/** What an error page shows. Every value is text, to be escaped by the view. */
export interface ErrorPageModel {
  readonly status: number;
  readonly code: OAuthErrorCode;
  readonly description: string;
  readonly referenceId: string;
}

export interface ErrorJson {
  readonly error: OAuthErrorCode;
  readonly error_description?: string;
}

export type ErrorBody =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: object }
  | { readonly kind: 'form_post'; readonly model: FormPostModel }
  | { readonly kind: 'page'; readonly model: ErrorPageModel };

/** An HTTP answer as a value. Header names are lower case. */
export interface ErrorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ErrorBody;
}

/**
 * Decides what an error looks like on the wire. An error with a target is delivered to the client by the browser, whatever the channel;
 * one without is shown where the request was made.
 * @see RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3; RFC 9207 §2
 */
export function errorResponse(error: OAuthError, channel: ErrorChannel): ErrorResponse {
  const answer = error.target ? deliveredTo(error.target, error) : shownOn(channel, error);
  return { ...answer, headers: { 'cache-control': 'no-store', pragma: 'no-cache', ...answer.headers, ...patienceOf(error) } }; // RFC 6749 §5.1
}

/**
 * A description reduced to the characters an `error_description` may have: no quotation mark, no backslash, no control characters,
 * nothing beyond ASCII.
 * @see RFC 6749 §5.2, appendix A.8; RFC 6750 §3
 */
export function wireDescription(description: string): string {
  return description
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[^\x20-\x7e]/gu, '?')
    .trim();
}

function deliveredTo(target: RedirectTarget, error: OAuthError): ErrorResponse {
  const { error: code, error_description: description } = errorJson(error);
  const members: [string, string][] = [['error', code]];
  if (description !== undefined) members.push(['error_description', description]);
  const answer = respondTo(target, members);
  if (answer.kind === 'form_post') return { status: 200, headers: {}, body: answer };
  return { status: 303, headers: { location: answer.location }, body: { kind: 'empty' } }; // RFC 9700 §4.12: a POST is not repeated at the client
}

function shownOn(channel: ErrorChannel, error: OAuthError): ErrorResponse {
  switch (channel.kind) {
    case 'json':
      return {
        status: error.wire?.status ?? error.status,
        headers: basicChallenge(error, channel.usedBasic),
        body: { kind: 'json', value: error.wire?.body ?? errorJson(error) },
      };
    case 'bearer':
      return bearerAnswer(error, channel.tokenPresented, channel.scope ?? []);
    case 'page':
      return { status: pageStatus(error), headers: {}, body: { kind: 'page', model: pageModel(error, channel.referenceId) } };
  }
}

function basicChallenge(error: OAuthError, usedBasic: boolean): Record<string, string> {
  // RFC 6749 §5.2: the challenge answers the scheme that was used. Unasked, it would open a browser's password window.
  return error.code === 'invalid_client' && usedBasic ? { 'www-authenticate': `Basic realm="${REALM}"` } : {};
}

function bearerAnswer(error: OAuthError, tokenPresented: boolean, scope: readonly string[]): ErrorResponse {
  if (!tokenPresented && error.code === 'invalid_token') {
    return { status: error.status, headers: { 'www-authenticate': bearerChallenge([], scope) }, body: { kind: 'empty' } }; // RFC 6750 §3.1: who shows no token is told no error
  }
  const value = errorJson(error);
  const body: ErrorBody = { kind: 'json', value };
  if (!['invalid_request', 'invalid_token', 'insufficient_scope'].includes(error.code)) return { status: error.status, headers: {}, body };
  const attributes = Object.entries(value).map(([name, text]) => `${name}="${text}"`);
  return { status: error.status, headers: { 'www-authenticate': bearerChallenge(attributes, scope) }, body };
}

function bearerChallenge(attributes: readonly string[], scope: readonly string[]): string {
  const words = scope.filter((word) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(word)); // RFC 6750 §3
  const scopeAttribute = words.length > 0 ? [`scope="${words.join(' ')}"`] : [];
  return `Bearer ${[`realm="${REALM}"`, ...attributes, ...scopeAttribute].join(', ')}`;
}

function errorJson(error: OAuthError): ErrorJson {
  const description = wireDescription(error.description);
  return description === '' ? { error: error.code } : { error: error.code, error_description: description };
}

function pageModel(error: OAuthError, referenceId: string): ErrorPageModel {
  return { status: pageStatus(error), code: error.code, description: error.description, referenceId };
}

/** A page asks for no credentials by HTTP, so 401, which must carry a challenge, is not for pages. RFC 9110 §15.5.2 */
function pageStatus(error: OAuthError): number {
  return error.status === 401 ? 400 : error.status;
}

/** When it makes sense to try again, in whole seconds, at least one (RFC 9110 §10.2.3), and which limit was reached. */
function patienceOf({ retryAfter, quota }: OAuthError): Record<string, string> {
  return {
    ...(retryAfter !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(retryAfter))) }),
    ...(quota !== undefined && quotaFields(quota)),
  };
}
