import { OAuthError } from '../errors/oauth-error.js';

/** Parameters of a logout request; null when absent. */
export interface SentLogoutRequest {
  readonly clientId: string | null;
  readonly postLogoutRedirectUri: string | null;
  readonly state: string | null;
}

/** Claims of an id_token_hint whose signature and issuer were verified. It may have expired: people leave after their tokens do. */
export interface LogoutHint {
  /** `aud`: the client it was issued to. */
  readonly clientId: string;
  readonly subject: string;
  /** `sid`; null in tokens which have none. */
  readonly sessionId: string | null;
}

/** The client named by the hint or by client_id, as registered. */
export interface LogoutClientFacts {
  readonly clientId: string;
  readonly postLogoutRedirectUris: readonly string[];
}

/** Who is signed in with the browser that asks. */
export interface LogoutSession {
  readonly subject: string;
  /** As `sid` names it. */
  readonly sessionId: string;
}

/** What a logout request leads to. */
export interface LogoutDecision {
  /** The person must agree on a page before anything ends. */
  readonly needsConfirmation: boolean;
  /** The client and person whose tokens end with the logout; null when no hint proves them. */
  readonly trustedUser: { readonly clientId: string; readonly subject: string } | null;
  /** Where the browser goes afterwards, state included; null: a page of ours says that it is done. */
  readonly redirectTo: string | null;
  /** Why a URI that was sent is not followed, for the log; null when it is, or none was sent. */
  readonly redirectRefusal: string | null;
}

/**
 * Names the client a logout request speaks of.
 * @returns null when neither the hint nor client_id names one
 * @throws OAuthError invalid_request when both do and they differ
 * @see OIDC RP-Initiated Logout §2, §4
 */
export function checkLogoutClientId(sent: Pick<SentLogoutRequest, 'clientId'>, hint: Pick<LogoutHint, 'clientId'> | null): string | null {
  if (hint !== null && sent.clientId !== null && sent.clientId !== hint.clientId) {
    throw new OAuthError('invalid_request', 'client_id is not the client that id_token_hint was issued to');
  }
  return hint?.clientId ?? sent.clientId;
}

/**
 * Decides what a logout request may do. Whoever brings a verified ID token speaks for its person, unless this browser belongs to
 * somebody else or to another session: then, and without a token, the person is asked, so that no page on the web can end a
 * session unseen.
 * @param hint null when none was sent
 * @param client null when none is named, or when it is not registered
 * @param session null when nobody is signed in here
 * @throws OAuthError invalid_request when client_id and the hint name different clients
 * @see OIDC RP-Initiated Logout §2, §3
 */
export function decideLogout(
  sent: SentLogoutRequest,
  hint: LogoutHint | null,
  client: LogoutClientFacts | null,
  session: LogoutSession | null,
): LogoutDecision {
  const clientId = checkLogoutClientId(sent, hint);
  const named = client?.clientId === clientId ? client : null;
  const redirectRefusal = findRedirectRefusal(sent.postLogoutRedirectUri, named);
  const isFollowed = sent.postLogoutRedirectUri !== null && redirectRefusal === null;
  return {
    needsConfirmation: hint === null || (session !== null && !belongsTo(hint, session)), // OIDC RP-Initiated Logout §2
    trustedUser: hint === null ? null : { clientId: hint.clientId, subject: hint.subject },
    redirectTo: isFollowed ? withState(sent.postLogoutRedirectUri, sent.state) : null,
    redirectRefusal,
  };
}

function belongsTo(hint: LogoutHint, session: LogoutSession): boolean {
  return hint.subject === session.subject && (hint.sessionId === null || hint.sessionId === session.sessionId);
}

function findRedirectRefusal(uri: string | null, client: LogoutClientFacts | null): string | null {
  if (uri === null) return null;
  if (client === null) return 'post_logout_redirect_uri of a client that is not named or not registered';
  return client.postLogoutRedirectUris.includes(uri) ? null : 'post_logout_redirect_uri is not registered'; // OIDC RP-Initiated Logout §3: character by character
}

/** Adds the state to the query a URI already has; the rest of the URI stays as registered. OIDC RP-Initiated Logout §3 */
function withState(uri: string, state: string | null): string {
  if (state === null) return uri;
  const [beforeFragment = '', ...fragment] = uri.split('#');
  const joint = !beforeFragment.includes('?') ? '?' : /[?&]$/.test(beforeFragment) ? '' : '&';
  const addressed = `${beforeFragment}${joint}${new URLSearchParams({ state }).toString()}`;
  return [addressed, ...fragment].join('#');
}
