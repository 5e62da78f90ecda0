/** Addresses of the endpoints, absolute. Null: not served. */
export interface ServerEndpoints {
  readonly authorization: string;
  readonly token: string;
  readonly jwks: string;
  readonly userinfo: string;
  readonly introspection: string;
  readonly revocation: string;
  readonly endSession: string;
  /** Null while clients may not register themselves. */
  readonly registration: string | null;
  /** Where people see which apps act for them, and cut them off. */
  readonly management: string;
}

/**
 * What this server is and can do: the one list behind every document it publishes. A value belongs here only if it works.
 * @see OIDC Discovery §3; RFC 8414 §2
 */
export interface ServerFacts {
  /** Absolute URL without query, fragment or trailing slash; character for character the `iss` of tokens. */
  readonly issuer: string;
  readonly endpoints: ServerEndpoints;
  /** The EHR's FHIR base, for which tokens are. Without trailing slash. */
  readonly fhirUrl: string;
  readonly scopes: readonly string[];
  readonly grantTypes: readonly string[];
  readonly responseTypes: readonly string[];
  readonly responseModes: readonly string[];
  /** At the token, introspection and revocation endpoints alike. */
  readonly clientAuthMethods: readonly string[];
  /** `alg` of client assertions; empty while none are accepted. */
  readonly clientAssertionAlgorithms: readonly string[];
  /** `alg` of ID tokens; RS256 is among them (OIDC Discovery §3). */
  readonly idTokenSigningAlgorithms: readonly string[];
  readonly codeChallengeMethods: readonly string[];
  /** Claims an ID token or the userinfo endpoint can hold. */
  readonly claims: readonly string[];
  /** Empty while sign-ins are not classified. */
  readonly acrValues: readonly string[];
  readonly promptValues: readonly string[];
  /** BCP 47 tags of the pages' languages. */
  readonly uiLocales: readonly string[];
  /** Where developers can read on; null when nowhere. */
  readonly serviceDocumentation: string | null;
}
