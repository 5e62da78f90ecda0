/** How the answer travels to the client: in the query of the redirect, or as a form which the browser posts. @see OAuth 2.0 Form Post Response Mode §2 */
export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

/**
 * Where the answer to an authorization request goes, and what every such answer repeats. Only `checkRedirectTarget` makes one,
 * so whoever holds a target may send to it. Plain JSON: it is stored while people sign in.
 */
export interface RedirectTarget {
  /** Absolute URI, ASCII, without fragment, proven to belong to the client. */
  readonly redirectUri: string;
  readonly responseMode: ResponseMode;
  /** As the client sent it; null when it sent none. */
  readonly state: string | null;
  /** This server's issuer identifier, for `iss`. */
  readonly issuer: string;
}
