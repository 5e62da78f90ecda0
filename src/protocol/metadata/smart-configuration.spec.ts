import type { ServerFacts } from './server-facts.js';
import { smartCapabilities } from './smart-capabilities.js';
import { smartConfiguration } from './smart-configuration.js';

const ISSUER = 'https://ehr.example/oauth2/default';
const facts: ServerFacts = {
  issuer: ISSUER,
  fhirUrl: 'https://ehr.example/apis/default/fhir',
  endpoints: {
    authorization: `${ISSUER}/authorize`,
    token: `${ISSUER}/token`,
    jwks: `${ISSUER}/jwk`,
    userinfo: `${ISSUER}/userinfo`,
    introspection: `${ISSUER}/introspect`,
    revocation: `${ISSUER}/revoke`,
    endSession: `${ISSUER}/logout`,
    registration: null,
    management: 'https://ehr.example/account/apps',
  },
  scopes: [],
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  responseModes: ['query'],
  clientAuthMethods: [],
  clientAssertionAlgorithms: [],
  idTokenSigningAlgorithms: ['RS256'],
  codeChallengeMethods: ['S256'],
  claims: [],
  acrValues: [],
  promptValues: [],
  uiLocales: [],
  serviceDocumentation: null,
};

describe('smartCapabilities', () => {
  it.each([
    [{ scopes: ['launch/patient'] }, ['launch-standalone', 'context-banner', 'context-style', 'context-standalone-patient']],
    [{ scopes: ['launch'] }, ['launch-ehr', 'context-ehr-patient', 'context-ehr-encounter']],
    [{ scopes: ['openid'] }, ['sso-openid-connect']],
    [{ scopes: ['offline_access'] }, []],
    [{ scopes: ['offline_access'], grantTypes: ['refresh_token'] }, ['permission-offline']],
    [{ scopes: ['online_access'], grantTypes: ['refresh_token'] }, ['permission-online']],
    [{ scopes: ['patient/Patient.read'] }, ['permission-patient', 'permission-v1']],
    [{ scopes: ['user/Patient.rs'] }, ['permission-user', 'permission-v2']],
    [{ scopes: ['user/Observation.rs?category=a|b'] }, ['permission-user', 'permission-v2']],
    [{ scopes: ['user/vital.crus'] }, ['permission-user']],
    [{ clientAuthMethods: ['none'] }, ['client-public']],
    [
      { clientAuthMethods: ['client_secret_basic', 'private_key_jwt'] },
      ['client-confidential-symmetric', 'client-confidential-asymmetric'],
    ],
  ])('of %j are %j', (more, capabilities) => {
    expect(new Set(smartCapabilities({ ...facts, ...more }))).toEqual(new Set(['authorize-post', ...capabilities]));
  });
});

describe('smartConfiguration', () => {
  it('says what the facts say, and nothing of what there is not', () => {
    expect(smartConfiguration(facts)).toEqual({
      issuer: ISSUER,
      jwks_uri: `${ISSUER}/jwk`,
      authorization_endpoint: `${ISSUER}/authorize`,
      token_endpoint: `${ISSUER}/token`,
      grant_types_supported: ['authorization_code'],
      response_types_supported: ['code'],
      management_endpoint: 'https://ehr.example/account/apps',
      introspection_endpoint: `${ISSUER}/introspect`,
      revocation_endpoint: `${ISSUER}/revoke`,
      code_challenge_methods_supported: ['S256'],
      capabilities: ['authorize-post'],
      associated_endpoints: [{ url: 'https://ehr.example/apis/default/fhir', capabilities: ['authorize-post'] }],
    });
  });

  it('names registration, scopes and client authentication where there are', () => {
    const document = smartConfiguration({
      ...facts,
      scopes: ['openid'],
      clientAuthMethods: ['private_key_jwt'],
      clientAssertionAlgorithms: ['ES384'],
      endpoints: { ...facts.endpoints, registration: `${ISSUER}/registration` },
    });
    expect(document).toMatchObject({
      registration_endpoint: `${ISSUER}/registration`,
      scopes_supported: ['openid'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['ES384'],
    });
  });
});
