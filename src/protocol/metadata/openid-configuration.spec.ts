import { authorizationServerMetadata } from './authorization-server-metadata.js';
import { openidConfiguration } from './openid-configuration.js';
import type { ServerFacts } from './server-facts.js';

const ISSUER = 'https://ehr.example/oauth2/default';
const facts: ServerFacts = {
  issuer: ISSUER,
  endpoints: {
    authorization: `${ISSUER}/authorize`,
    token: `${ISSUER}/token`,
    jwks: `${ISSUER}/jwk`,
    userinfo: `${ISSUER}/userinfo`,
    introspection: `${ISSUER}/introspect`,
    revocation: `${ISSUER}/revoke`,
    endSession: `${ISSUER}/logout`,
    registration: `${ISSUER}/registration`,
    management: 'https://ehr.example/account/apps',
  },
  fhirUrl: 'https://ehr.example/apis/default/fhir',
  scopes: ['openid', 'profile'],
  grantTypes: ['authorization_code', 'refresh_token'],
  responseTypes: ['code'],
  responseModes: ['query', 'form_post'],
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
  clientAssertionAlgorithms: [],
  idTokenSigningAlgorithms: ['RS256'],
  codeChallengeMethods: ['S256'],
  claims: ['sub', 'name'],
  acrValues: ['urn:example:password'],
  promptValues: ['none', 'login', 'consent'],
  uiLocales: ['en'],
  serviceDocumentation: 'https://ehr.example/swagger',
};
const auth = ['none', 'client_secret_basic', 'client_secret_post'];
const oauth = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  jwks_uri: `${ISSUER}/jwk`,
  registration_endpoint: `${ISSUER}/registration`,
  introspection_endpoint: `${ISSUER}/introspect`,
  revocation_endpoint: `${ISSUER}/revoke`,
  scopes_supported: ['openid', 'profile'],
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'form_post'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: auth,
  introspection_endpoint_auth_methods_supported: auth,
  revocation_endpoint_auth_methods_supported: auth,
  authorization_response_iss_parameter_supported: true,
  ui_locales_supported: ['en'],
  service_documentation: 'https://ehr.example/swagger',
};

describe('authorizationServerMetadata', () => {
  it('says what RFC 8414 §2 and RFC 9207 §3 ask for, and nothing of OpenID Connect', () => {
    expect(authorizationServerMetadata(facts)).toEqual(oauth);
  });

  it('names the algorithms of client assertions at each endpoint once they are accepted', () => {
    const document = authorizationServerMetadata({ ...facts, clientAssertionAlgorithms: ['RS384', 'ES384'] });
    for (const endpoint of ['token', 'introspection', 'revocation']) {
      expect(document[`${endpoint}_endpoint_auth_signing_alg_values_supported`]).toEqual(['RS384', 'ES384']);
    }
  });

  it('leaves out what has nothing to say (RFC 8414 §3.2)', () => {
    const document = authorizationServerMetadata({
      ...facts,
      endpoints: { ...facts.endpoints, registration: null },
      uiLocales: [],
      scopes: [],
      serviceDocumentation: null,
    });
    expect(Object.keys(oauth).filter((name) => !(name in document))).toEqual([
      'registration_endpoint',
      'scopes_supported',
      'ui_locales_supported',
      'service_documentation',
    ]);
  });
});

describe('openidConfiguration', () => {
  it('says the same, and what OIDC Discovery §3 adds', () => {
    expect(openidConfiguration(facts)).toEqual({
      ...oauth,
      userinfo_endpoint: `${ISSUER}/userinfo`,
      end_session_endpoint: `${ISSUER}/logout`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      acr_values_supported: ['urn:example:password'],
      prompt_values_supported: ['none', 'login', 'consent'],
      claim_types_supported: ['normal'],
      claims_supported: ['sub', 'name'],
      claims_parameter_supported: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      require_request_uri_registration: false,
    });
  });

  it('leaves out classes of sign-in while there are none', () => {
    expect(openidConfiguration({ ...facts, acrValues: [] })).not.toHaveProperty('acr_values_supported');
  });

  it('has every member that OIDC Discovery §3 requires', () => {
    const document = openidConfiguration(facts);
    for (const member of [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'response_types_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
    ]) {
      expect(document).toHaveProperty(member);
    }
  });
});
