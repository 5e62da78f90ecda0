import type { ClientFacts } from '../client/client-facts.js';
import { isRegisteredRedirectUri } from '../client/redirect-uri.js';
import { hintAt, HINTS } from '../compatibility/ehr-token-error.js';
import { OAuthError, addressedTo } from '../errors/oauth-error.js';
import type { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';
import { RESPONSE_MODES, type RedirectTarget, type ResponseMode } from './target.js';

/** UTF-8 bytes: what a redirect can carry back when every byte is percent-encoded. */
const LONGEST_STATE = 2048;

/** They lead back into the page that opens them, not to an app. */
const SCHEMES_OF_THE_BROWSER: ReadonlySet<string> = new Set(['about', 'blob', 'data', 'file', 'javascript', 'vbscript', 'view-source']);

/**
 * Proves where the answer may be sent. Whatever is wrong with redirect_uri is told to the person, never sent there;
 * once it is proven, a wrong `state` or `response_mode` is told to the client.
 * @returns the address, with `state` and `response_mode`
 * @throws OAuthError invalid_request, without target as long as redirect_uri is not proven
 * @see RFC 6749 §3.1.2, §4.1.2.1
 */
export function checkRedirectTarget(
  sent: SentRequest,
  client: Pick<ClientFacts, 'redirectUris'>,
  policy: Pick<ServerPolicy, 'issuer'>,
): RedirectTarget {
  const redirectUri = checkRedirectUri(sent, client);
  const plain: RedirectTarget = { redirectUri, responseMode: 'query', state: null, issuer: policy.issuer };
  const withState: RedirectTarget = { ...plain, state: addressedTo(plain, () => checkState(sent)) };
  return { ...withState, responseMode: addressedTo(withState, () => checkResponseMode(sent)) };
}

/**
 * At the token endpoint: whoever was sent a code by naming a redirect_uri must name the same one again; whoever left it out may leave it
 * out again, but may not name another.
 * @param presented redirect_uri of the token request; undefined when absent
 * @param request what the authorization request proved
 * @throws OAuthError invalid_grant
 * @see RFC 6749 §4.1.3
 */
export function checkRedirectUriOfExchange(
  presented: string | undefined,
  request: { readonly redirectUri: string; readonly redirectUriSent: boolean },
): void {
  if (presented === undefined && request.redirectUriSent) {
    throw new OAuthError('invalid_grant', 'redirect_uri is missing: the authorization request had one', { hint: hintAt('redirect_uri') });
  }
  if (presented !== undefined && presented !== request.redirectUri) {
    throw new OAuthError('invalid_grant', 'redirect_uri differs from the one of the authorization request', {
      hint: HINTS.redirectUriDiffers,
    });
  }
}

function checkRedirectUri(sent: SentRequest, client: Pick<ClientFacts, 'redirectUris'>): string {
  const redirectUri = sent.one('redirect_uri') ?? getOnlyRedirectUri(client);
  if (!isRegisteredRedirectUri(redirectUri, client.redirectUris)) {
    throw new OAuthError('invalid_request', 'redirect_uri is not registered for this client');
  }
  checkUsable(redirectUri);
  return redirectUri;
}

/** Rows that were registered elsewhere may hold anything: what a header or a form cannot safely carry is not sent to. */
function checkUsable(redirectUri: string): void {
  const scheme = /^([a-z][a-z0-9+.-]*):[\x21\x22\x24-\x7e]+$/i.exec(redirectUri)?.[1]?.toLowerCase(); // RFC 6749 §3.1.2: absolute, no fragment
  if (scheme === undefined || SCHEMES_OF_THE_BROWSER.has(scheme)) {
    throw new OAuthError('invalid_request', 'the registered redirect_uri cannot be used', {
      detail: 'not an absolute ASCII URI of an app',
    });
  }
}

function getOnlyRedirectUri(client: Pick<ClientFacts, 'redirectUris'>): string {
  const [only, ...others] = client.redirectUris;
  if (only === undefined) throw new OAuthError('invalid_request', 'this client has no redirect_uri registered');
  if (others.length > 0) throw new OAuthError('invalid_request', 'redirect_uri is missing, and more than one is registered'); // RFC 6749 §3.1.2.3
  return only;
}

function checkState(sent: SentRequest): string | null {
  const state = sent.one('state') ?? null;
  if (state !== null && Buffer.byteLength(state) > LONGEST_STATE) {
    throw new OAuthError('invalid_request', `state is longer than ${LONGEST_STATE} bytes`);
  }
  return state;
}

function checkResponseMode(sent: SentRequest): ResponseMode {
  const asked = sent.one('response_mode') ?? 'query'; // OAuth 2.0 Multiple Response Types §2.1: the default of `code`
  const mode = RESPONSE_MODES.find((supported) => supported === asked);
  if (!mode) throw new OAuthError('invalid_request', `response_mode must be one of: ${RESPONSE_MODES.join(', ')}`);
  return mode;
}
