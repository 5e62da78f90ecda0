import type { ClientAuthMethod } from './presented-credentials.js';
import { badMetadata, findText } from './metadata-value.js';

/** `private` and `public` are the EHR's words, `web` and `native` those of OIDC Registration §2. */
export const APPLICATION_TYPES = ['private', 'public', 'web', 'native'] as const;
export type ApplicationType = (typeof APPLICATION_TYPES)[number];

/** What a client is, as far as keeping a secret goes. */
export interface ClientType {
  /** Null when the client did not say. */
  readonly applicationType: ApplicationType | null;
  readonly isConfidential: boolean;
  readonly tokenEndpointAuthMethod: ClientAuthMethod;
}

const DEFAULT_AUTH_METHOD = 'client_secret_basic'; // RFC 7591 §2

/**
 * Decides whether a client is confidential, and how it authenticates. Two vocabularies meet: the EHR's application type says it
 * directly; otherwise the authentication method does.
 *
 * | application_type | no method given | method `none` | another method |
 * | --- | --- | --- | --- |
 * | `private` | confidential, client_secret_basic | refused | confidential |
 * | `public` | public | public | refused |
 * | `web`, `native` | confidential, client_secret_basic | public | confidential |
 * | absent | public, as the EHR has it | public | confidential |
 *
 * A secret that is stored as client_secret_basic is accepted by client_secret_post as well.
 * @param sent members application_type and token_endpoint_auth_method
 * @param supportedMethods the methods which this server can check
 * @throws OAuthError invalid_client_metadata: unknown value, or two values which contradict each other
 * @see RFC 7591 §2; OIDC Registration §2
 */
export function checkClientType(
  sent: { readonly application_type?: unknown; readonly token_endpoint_auth_method?: unknown },
  supportedMethods: readonly ClientAuthMethod[],
): ClientType {
  const applicationType = checkApplicationType(sent.application_type);
  const method = checkAuthMethod(sent.token_endpoint_auth_method, supportedMethods);
  if (applicationType === 'private' && method === 'none') {
    throw badMetadata('a private client authenticates: token_endpoint_auth_method must not be none');
  }
  if (applicationType === 'public' && method !== null && method !== 'none') {
    throw badMetadata('a public client cannot authenticate: token_endpoint_auth_method must be none');
  }
  const tokenEndpointAuthMethod = method ?? defaultMethod(applicationType);
  return { applicationType, isConfidential: tokenEndpointAuthMethod !== 'none', tokenEndpointAuthMethod };
}

function defaultMethod(applicationType: ApplicationType | null): ClientAuthMethod {
  return applicationType === null || applicationType === 'public' ? 'none' : DEFAULT_AUTH_METHOD;
}

function checkApplicationType(value: unknown): ApplicationType | null {
  const text = findText(value, 'application_type', 20);
  if (text === null) return null;
  const type = APPLICATION_TYPES.find((known) => known === text);
  if (type === undefined) throw badMetadata(`application_type must be one of ${APPLICATION_TYPES.join(', ')}`);
  return type;
}

function checkAuthMethod(value: unknown, supported: readonly ClientAuthMethod[]): ClientAuthMethod | null {
  const text = findText(value, 'token_endpoint_auth_method', 80);
  if (text === null) return null;
  const method = supported.find((known) => known === text);
  if (method === undefined) throw badMetadata(`token_endpoint_auth_method must be one of ${supported.join(', ')}`);
  return method;
}
