import { LANGUAGES } from '../platform/i18n/languages.js';
import { PROMPT_VALUES } from '../protocol/authorization/prompt.js';
import { ASSERTION_ALGORITHMS } from '../protocol/client/assertion.js';
import { RESPONSE_MODES } from '../protocol/authorization/target.js';
import type { ServerEndpoints, ServerFacts } from '../protocol/metadata/server-facts.js';
import { supportedUserClaims } from '../protocol/scope/claims-of-scope.js';
import { ACR_VALUES } from '../protocol/token/acr.js';

/** What differs from server to server, and from version to version. */
export interface RegisteredFacts {
  /** Without trailing slash. */
  readonly issuer: string;
  /** The EHR's FHIR base, without trailing slash. */
  readonly fhirUrl: string;
  /** Of the account's page about apps. */
  readonly managementUrl: string;
  readonly grantTypes: readonly string[];
  readonly clientAuthMethods: readonly string[];
  readonly scopes: readonly string[];
  /** Whether clients may register themselves, be it with a token. */
  readonly isRegistrationOpen: boolean;
  readonly serviceDocumentation: string | null;
}

/** Claims of an ID token about itself and the sign-in. @see OIDC Core §2 */
const TOKEN_CLAIMS = ['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'at_hash', 'sid'];

/** Claims of the scope `profile` for which the EHR keeps nothing. A claim that nobody can have is not offered. @see OIDC Core §5.1 */
const NOT_KEPT: readonly string[] = ['nickname', 'profile', 'picture', 'website', 'zoneinfo', 'locale', 'updated_at'];

/** The list behind every document that this server publishes. */
export function serverFacts(registered: RegisteredFacts): ServerFacts {
  const { issuer, fhirUrl, grantTypes, clientAuthMethods, scopes, serviceDocumentation } = registered;
  return {
    issuer,
    fhirUrl,
    endpoints: endpointsOf(registered),
    scopes,
    grantTypes,
    responseTypes: ['code'],
    responseModes: RESPONSE_MODES,
    clientAuthMethods,
    clientAssertionAlgorithms: ASSERTION_ALGORITHMS,
    idTokenSigningAlgorithms: ['RS256'],
    codeChallengeMethods: ['S256'],
    claims: [...supportedUserClaims().filter((name) => !NOT_KEPT.includes(name)), ...TOKEN_CLAIMS],
    acrValues: ACR_VALUES,
    promptValues: PROMPT_VALUES,
    uiLocales: LANGUAGES.map(({ tag }) => tag),
    serviceDocumentation,
  };
}

function endpointsOf({ issuer, managementUrl, isRegistrationOpen }: RegisteredFacts): ServerEndpoints {
  return {
    authorization: `${issuer}/authorize`,
    token: `${issuer}/token`,
    jwks: `${issuer}/jwk`,
    userinfo: `${issuer}/userinfo`,
    introspection: `${issuer}/introspect`,
    revocation: `${issuer}/revoke`,
    endSession: `${issuer}/logout`,
    registration: isRegistrationOpen ? `${issuer}/registration` : null,
    management: managementUrl,
  };
}
