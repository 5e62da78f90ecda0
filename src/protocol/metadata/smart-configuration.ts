import type { MetadataMembers } from './authorization-server-metadata.js';
import { metadataDocument } from './authorization-server-metadata.js';
import type { ServerFacts } from './server-facts.js';
import { smartCapabilities } from './smart-capabilities.js';

/** A FHIR base that takes this server's tokens. @see SMART App Launch 2.2, Conformance */
export interface AssociatedEndpoint {
  readonly url: string;
  readonly capabilities: readonly string[];
}

/** The SMART configuration, by wire names. */
export type SmartConfiguration = Readonly<Record<string, string | boolean | readonly string[] | readonly AssociatedEndpoint[]>>;

/**
 * What SMART apps need to know of this server.
 * @see SMART App Launch 2.2, Conformance, "Metadata"; Client Authentication: Asymmetric, "Advertising server support"
 */
export function smartConfiguration(facts: ServerFacts): SmartConfiguration {
  const capabilities = smartCapabilities(facts);
  return {
    ...metadataDocument(membersOf(facts)),
    capabilities,
    associated_endpoints: [{ url: facts.fhirUrl, capabilities }],
  };
}

function membersOf(facts: ServerFacts): MetadataMembers {
  const { endpoints } = facts;
  return {
    issuer: facts.issuer,
    jwks_uri: endpoints.jwks,
    authorization_endpoint: endpoints.authorization,
    token_endpoint: endpoints.token,
    token_endpoint_auth_methods_supported: facts.clientAuthMethods,
    token_endpoint_auth_signing_alg_values_supported: facts.clientAssertionAlgorithms,
    grant_types_supported: facts.grantTypes,
    registration_endpoint: endpoints.registration,
    scopes_supported: facts.scopes,
    response_types_supported: facts.responseTypes,
    management_endpoint: endpoints.management,
    introspection_endpoint: endpoints.introspection,
    revocation_endpoint: endpoints.revocation,
    code_challenge_methods_supported: facts.codeChallengeMethods,
  };
}
