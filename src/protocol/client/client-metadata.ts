import { OAuthError } from '../errors/oauth-error.js';
import { ENCOUNTER_CONTEXT_SCOPE } from '../launch/launch-context.js';
import { decideScopes, grantedBy } from '../scope/scope-decision.js';
import { ScopeIndex } from '../scope/scope-index.js';
import { parseScope } from '../scope/scope-set.js';
import { checkClientGrants, type ClientGrants, type GrantPolicy } from './client-grants.js';
import { checkClientKeys, type ClientKeys } from './client-keys.js';
import { checkClientType, type ClientType } from './client-type.js';
import { checkDecisionSupport, type DecisionSupport } from './decision-support.js';
import { checkDefaultAcrValues } from './default-acr-values.js';
import { badMetadata, findText, findTextList } from './metadata-value.js';
import type { ClientAuthMethod } from './presented-credentials.js';
import { checkPostLogoutRedirectUris, checkRedirectUris, findPageUri, findSecureUri } from './registered-uris.js';

/** Metadata as sent, by wire names. Values may be anything; members which are not listed have no meaning here (RFC 7591 §2). */
export interface SentClientMetadata {
  readonly application_type?: unknown;
  readonly client_name?: unknown;
  readonly redirect_uris?: unknown;
  readonly post_logout_redirect_uris?: unknown;
  readonly token_endpoint_auth_method?: unknown;
  readonly grant_types?: unknown;
  readonly response_types?: unknown;
  readonly scope?: unknown;
  readonly contacts?: unknown;
  readonly jwks?: unknown;
  readonly jwks_uri?: unknown;
  readonly initiate_login_uri?: unknown;
  readonly client_uri?: unknown;
  readonly logo_uri?: unknown;
  readonly policy_uri?: unknown;
  readonly tos_uri?: unknown;
  readonly subject_type?: unknown;
  readonly id_token_signed_response_alg?: unknown;
  readonly default_acr_values?: unknown;
  readonly dsi_type?: unknown;
  readonly dsi_source_attributes?: unknown;
}

/** What a client may be registered for on this server. */
export interface RegistrationPolicy extends GrantPolicy {
  readonly scopes: readonly string[];
  readonly clientAuthMethods: readonly ClientAuthMethod[];
  readonly idTokenSigningAlgorithms: readonly string[];
}

/** Metadata which may be stored: every value is checked, every default is filled in. */
export interface ClientMetadata extends ClientType, ClientGrants, ClientKeys, DecisionSupport {
  readonly name: string;
  readonly redirectUris: string[];
  readonly postLogoutRedirectUris: string[];
  readonly scope: string[];
  readonly contacts: string[];
  readonly initiateLoginUri: string | null;
  readonly clientUri: string | null;
  readonly logoUri: string | null;
  readonly policyUri: string | null;
  readonly tosUri: string | null;
  readonly defaultAcrValues: string[];
}

/** Length of the EHR's column oauth_clients.client_name. */
const LONGEST_NAME = 80;
/** Registered for a client that can act without a user and names no grant types, as the EHR does. */
const GRANTS_OF_SERVICE: readonly string[] = ['authorization_code', 'client_credentials'];
const CONTACT_BOUNDS = { longest: 320, most: 50 };

/** Registered when a client names no scope: who the user is, and nothing about anybody's health. RFC 7591 §2 leaves it to the server. */
export const DEFAULT_SCOPE: readonly string[] = ['openid', 'profile'];

/**
 * Decides whether a client may be registered as it asks, and as what.
 * @param sent body of the registration request
 * @param policy what this server supports
 * @throws OAuthError invalid_redirect_uri, invalid_scope (a scope that this server does not know) or invalid_client_metadata
 * @see RFC 7591 §2, §3.2.2; OIDC Registration §2
 */
export function checkClientMetadata(sent: SentClientMetadata, policy: RegistrationPolicy): ClientMetadata {
  const type = checkClientType(sent, policy.clientAuthMethods);
  const keys = checkClientKeys(sent);
  const scope = checkScope(sent.scope, policy.scopes);
  const grants = checkClientGrants(sent, policy, mayActAlone(type, keys, scope) ? GRANTS_OF_SERVICE : undefined);
  checkConsistency(type, grants, keys, scope);
  checkSubjectType(sent.subject_type);
  checkSigningAlgorithm(sent.id_token_signed_response_alg, policy.idTokenSigningAlgorithms);
  const uriPolicy = { privateUseSchemes: !type.isConfidential || type.applicationType === 'native' }; // RFC 8252 §7.1, §8.4
  return {
    ...type,
    ...grants,
    ...keys,
    scope,
    name: checkName(sent.client_name),
    redirectUris: checkRequiredRedirectUris(checkRedirectUris(sent.redirect_uris, uriPolicy), grants),
    postLogoutRedirectUris: checkPostLogoutRedirectUris(sent.post_logout_redirect_uris, uriPolicy),
    contacts: findTextList(sent.contacts, 'contacts', CONTACT_BOUNDS) ?? [],
    initiateLoginUri: findSecureUri(sent.initiate_login_uri, 'initiate_login_uri'), // OIDC Registration §2
    clientUri: findPageUri(sent.client_uri, 'client_uri'),
    logoUri: findPageUri(sent.logo_uri, 'logo_uri'),
    policyUri: findPageUri(sent.policy_uri, 'policy_uri'),
    tosUri: findPageUri(sent.tos_uri, 'tos_uri'),
    defaultAcrValues: checkDefaultAcrValues(sent.default_acr_values),
    ...checkDecisionSupport(sent),
  };
}

function checkName(value: unknown): string {
  const name = findText(value, 'client_name', LONGEST_NAME);
  if (name === null) throw badMetadata('client_name is required');
  return name.trim();
}

/** Every grant that passes through a browser needs somewhere to return to. */
function checkRequiredRedirectUris(uris: string[], grants: ClientGrants): string[] {
  if (uris.length === 0 && grants.grantTypes.includes('authorization_code')) {
    throw badMetadata('redirect_uris must name at least one URI', 'invalid_redirect_uri'); // RFC 7591 §2
  }
  return uris;
}

function checkScope(value: unknown, supported: readonly string[]): string[] {
  if (value !== undefined && value !== null && typeof value !== 'string') throw badMetadata('scope must be a text');
  const sent = parseScope(value ?? '').filter((scope) => scope !== ENCOUNTER_CONTEXT_SCOPE); // asked for in vain, and no mistake
  if (sent.length === 0) return DEFAULT_SCOPE.filter((scope) => supported.includes(scope));
  const index = new ScopeIndex(supported);
  const outcomes = decideScopes(sent, { supported: index, registered: index, role: null }); // wildcards become what they stand for: RFC 7591 §2
  const unknownScope = outcomes.find(({ outcome }) => outcome === 'refused')?.scope;
  if (unknownScope !== undefined) {
    throw new OAuthError('invalid_scope', `the scope ${unknownScope.slice(0, 200)} is not known to this server`);
  }
  return grantedBy(outcomes);
}

/** What one member says about another. The scope rules are the EHR's: who asks beyond one patient must be known, who acts alone must sign. */
function checkConsistency(type: ClientType, grants: ClientGrants, keys: ClientKeys, scope: readonly string[]): void {
  const hasKeys = areGiven(keys);
  const asksFor = (context: string): boolean => scope.some((name) => name.startsWith(`${context}/`));
  if (type.tokenEndpointAuthMethod === 'private_key_jwt' && !hasKeys) throw badMetadata('private_key_jwt needs jwks or jwks_uri'); // RFC 7591 §2
  if (!type.isConfidential && (asksFor('user') || asksFor('system'))) {
    throw badMetadata('system and user scopes are only allowed for confidential clients');
  }
  if (asksFor('system') && !hasKeys) throw badMetadata('system scopes need jwks or jwks_uri');
  if (!type.isConfidential && grants.grantTypes.includes('client_credentials')) {
    throw badMetadata('the grant type client_credentials is for confidential clients'); // RFC 6749 §4.4
  }
  if (grants.grantTypes.includes('client_credentials') && !mayActAlone(type, keys, scope)) {
    throw badMetadata('the grant type client_credentials needs jwks or jwks_uri, and a system/ scope'); // SMART App Launch, Backend Services
  }
}

/** Whether a client is one that can act without a user: it signs, and asks for access that is not a person's. */
function mayActAlone({ isConfidential }: ClientType, keys: ClientKeys, scope: readonly string[]): boolean {
  return isConfidential && areGiven(keys) && scope.some((name) => name.startsWith('system/'));
}

function areGiven({ jwks, jwksUri }: ClientKeys): boolean {
  return jwks !== null || jwksUri !== null;
}

/** The EHR gives every client the same `sub`; a promise of pairwise ones could not be kept. OIDC Core §8 */
function checkSubjectType(value: unknown): void {
  const subjectType = findText(value, 'subject_type', 20);
  if (subjectType !== null && subjectType !== 'public') throw badMetadata('subject_type must be public');
}

function checkSigningAlgorithm(value: unknown, supported: readonly string[]): void {
  const algorithm = findText(value, 'id_token_signed_response_alg', 20);
  if (algorithm !== null && !supported.includes(algorithm)) {
    throw badMetadata(`id_token_signed_response_alg must be one of ${supported.join(', ')}`);
  }
}
