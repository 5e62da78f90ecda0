import type { AuthorizationRequest } from './authorization-request.js';

/** What stands for the client in a request of our own; no client can have it. */
const NO_CLIENT = '';

/** Segments of unreserved characters, and a query; never `//`, which names a host, nor a backslash, which browsers take for a slash. */
const OWN_PATH = /^(?:\/[A-Za-z0-9][A-Za-z0-9._~-]*)+(?:\?[A-Za-z0-9._~&=%+-]*)?$/;

/** UTF-16 units. */
const LONGEST_PATH = 500;

/** For a page that asks for a sign-in of today. */
export interface OwnPageWish {
  /** As `findOwnPath` returns it. */
  readonly path: string;
  /** Seconds since the person last proved who they are; null when any age will do. */
  readonly maxAge: number | null;
}

/**
 * Whether a text is the path of a page of this server, so that a browser can be sent there.
 * @returns the path; null for anything that could lead elsewhere
 */
export function findOwnPath(sent: string | undefined): string | null {
  return sent !== undefined && sent.length <= LONGEST_PATH && OWN_PATH.test(sent) ? sent : null;
}

/**
 * A request that no client sent: somebody wants a page of this server and must be signed in for it. It waits, and the person is led
 * through the same steps; there is no scope to consent to, and its answer is a redirect to that page.
 * @param issuer of this server
 */
export function ownRequest({ path, maxAge }: OwnPageWish, issuer: string): AuthorizationRequest {
  return {
    clientId: NO_CLIENT,
    target: { redirectUri: path, responseMode: 'query', state: null, issuer },
    redirectUriSent: false,
    responseType: 'code',
    codeChallenge: null,
    scope: [],
    audience: [],
    prompt: { values: [], maxAge, loginHint: null, idTokenHint: null, uiLocales: [], leastAcr: null },
    nonce: null,
  };
}

/** Whether a request is our own. */
export function isOwnRequest({ clientId }: Pick<AuthorizationRequest, 'clientId'>): boolean {
  return clientId === NO_CLIENT;
}
