import type { ScopeIndex } from '../scope/scope-index.js';

/** What this server is and allows, as far as the rules of an authorization request ask. */
export interface ServerPolicy {
  /** Issuer identifier: absolute URL without query, fragment or trailing slash. */
  readonly issuer: string;
  /** Every scope that this server knows. */
  readonly scopes: ScopeIndex;
  /** Base URLs of the APIs which accept our access tokens. */
  readonly audiences: readonly string[];
  /** Whether confidential clients, too, must use PKCE; public clients always must. */
  readonly pkceForConfidentialClients: boolean;
}
