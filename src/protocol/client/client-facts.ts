/** What the rules need to know about a registered client. The entity has this shape; nothing is mapped. @see RFC 7591 §2 */
export interface ClientFacts {
  readonly clientId: string;
  /** Shown to people. */
  readonly name: string;
  /** Has credentials of its own. @see RFC 6749 §2.1 */
  readonly isConfidential: boolean;
  /** False while the client waits for an administrator, and after one has switched it off. */
  readonly isEnabled: boolean;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Empty: only `authorization_code`. @see RFC 7591 §2 */
  readonly grantTypes: readonly string[];
  /** Registered scopes: the most that this client can ever be granted. */
  readonly scope: readonly string[];
}
