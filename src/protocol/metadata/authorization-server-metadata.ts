import type { ServerFacts } from './server-facts.js';

/** Metadata document, by wire names. */
export type MetadataDocument = Readonly<Record<string, string | boolean | readonly string[]>>;

/** A member which may have nothing to say. */
export type MetadataMembers = Readonly<Record<string, string | boolean | readonly string[] | null>>;

/**
 * Leaves out members which say nothing: a list without entries must not be published.
 * @see RFC 8414 §3.2; OIDC Discovery §4.2
 */
export function metadataDocument(members: MetadataMembers): MetadataDocument {
  const telling = Object.entries(members).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(telling) as MetadataDocument;
}

/**
 * What OAuth clients need to know of this server.
 * @see RFC 8414 §2; RFC 9207 §3
 */
export function authorizationServerMetadata(facts: ServerFacts): MetadataDocument {
  const { endpoints } = facts;
  return metadataDocument({
    issuer: facts.issuer,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    jwks_uri: endpoints.jwks,
    registration_endpoint: endpoints.registration,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    scopes_supported: facts.scopes,
    response_types_supported: facts.responseTypes,
    response_modes_supported: facts.responseModes,
    grant_types_supported: facts.grantTypes,
    code_challenge_methods_supported: facts.codeChallengeMethods,
    ...clientAuthentication('token_endpoint', facts),
    ...clientAuthentication('introspection_endpoint', facts),
    ...clientAuthentication('revocation_endpoint', facts),
    authorization_response_iss_parameter_supported: true, // RFC 9207 §3
    ui_locales_supported: facts.uiLocales,
    service_documentation: facts.serviceDocumentation,
  });
}

function clientAuthentication(endpoint: string, facts: ServerFacts): MetadataMembers {
  return {
    [`${endpoint}_auth_methods_supported`]: facts.clientAuthMethods,
    [`${endpoint}_auth_signing_alg_values_supported`]: facts.clientAssertionAlgorithms,
  };
}
