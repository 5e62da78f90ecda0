import { AuthorizationCodeGrant } from './authorization-code.grant.js';
import { ClientCredentialsGrant } from './client-credentials.grant.js';
import type { GrantType } from './grant.js';
import { PasswordGrant } from './password.grant.js';
import { RefreshTokenGrant } from './refresh-token.grant.js';

/** Every grant type of this server: the token endpoint, its documentation, discovery and registration read this list. */
export const GRANTS = [
  AuthorizationCodeGrant,
  RefreshTokenGrant,
  PasswordGrant,
  ClientCredentialsGrant,
] as const satisfies readonly GrantType[];
