import { authorizationServerMetadata, type MetadataDocument, metadataDocument } from './authorization-server-metadata.js';
import type { ServerFacts } from './server-facts.js';

/**
 * The discovery document: what OAuth clients need to know, and what OpenID Connect adds.
 * @see OIDC Discovery §3; OIDC RP-Initiated Logout §2.1; Initiating User Registration via OIDC for prompt_values_supported
 */
export function openidConfiguration(facts: ServerFacts): MetadataDocument {
  return metadataDocument({
    ...authorizationServerMetadata(facts),
    userinfo_endpoint: facts.endpoints.userinfo,
    end_session_endpoint: facts.endpoints.endSession,
    subject_types_supported: ['public'], // OIDC Core §8: the EHR gives every client the same subject
    id_token_signing_alg_values_supported: facts.idTokenSigningAlgorithms,
    acr_values_supported: facts.acrValues,
    prompt_values_supported: facts.promptValues,
    claim_types_supported: ['normal'],
    claims_supported: facts.claims,
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: false, // must be said: absent means true
    require_request_uri_registration: false,
  });
}
