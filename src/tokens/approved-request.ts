/** What a person has allowed: the facts from which a code is made. Only the authorization flow makes one. */
export interface ApprovedRequest {
  readonly clientId: string;
  /** uuid text: `sub`. */
  readonly subject: string;
  readonly role: 'users' | 'patient';
  /** Proven: one that the client registered. */
  readonly redirectUri: string;
  /** Whether the authorization request named it: then the token request must as well (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean;
  /** Granted scopes, in order. */
  readonly scope: readonly string[];
  /** Scopes as requested: the EHR's consent row keeps them. */
  readonly requestedScope: readonly string[];
  readonly state: string | null;
  readonly nonce: string | null;
  /** S256, base64url; null when the client is confidential and sent none. */
  readonly codeChallenge: string | null;
  /** Public name of the browser session. */
  readonly sid: string;
  /** When the person proved who they are. */
  readonly authTime: Date;
  /** How they did (RFC 8176). */
  readonly amr: readonly string[];
  readonly acr: string;
  /** The person asked to be remembered: the same scopes are not asked for again. */
  readonly isRemembered: boolean;
  /** SMART launch context, by wire name; {} when there is none. */
  readonly launchContext: Readonly<Record<string, unknown>>;
}
