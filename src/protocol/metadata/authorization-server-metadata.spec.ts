import { authorizationServerMetadata, metadataDocument } from './authorization-server-metadata.js';
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
  scopes: ['openid'],
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  responseModes: ['query'],
  clientAuthMethods: ['none', 'client_secret_basic'],
  clientAssertionAlgorithms: [],
  idTokenSigningAlgorithms: ['RS256'],
  codeChallengeMethods: ['S256'],
  claims: ['sub'],
  acrValues: ['urn:example:password'],
  promptValues: ['login'],
  uiLocales: ['en'],
  serviceDocumentation: 'https://ehr.example/swagger',
};

describe('metadataDocument', () => {
  it('keeps what says something, false and the empty text too', () => {
    const members = { text: 'a', empty: '', no: false, yes: true, list: ['a'] };
    expect(metadataDocument(members)).toEqual(members);
  });

  it('leaves out null and empty lists (RFC 8414 §3.2)', () => {
    expect(metadataDocument({ nothing: null, list: [], kept: 'a' })).toEqual({ kept: 'a' });
  });
});

describe('authorizationServerMetadata', () => {
  it('has the issuer that tokens name, and says that answers name it (RFC 9207 §3)', () => {
    const document = authorizationServerMetadata(facts);
    expect(document.issuer).toBe(ISSUER);
    expect(document.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('has one list of client authentication for three endpoints', () => {
    const document = authorizationServerMetadata(facts);
    for (const endpoint of ['token', 'introspection', 'revocation']) {
      expect(document[`${endpoint}_endpoint_auth_methods_supported`]).toEqual(['none', 'client_secret_basic']);
      expect(document).not.toHaveProperty(`${endpoint}_endpoint_auth_signing_alg_values_supported`);
    }
  });

  it('holds nothing of OpenID Connect', () => {
    const document = authorizationServerMetadata(facts);
    for (const member of [
      'userinfo_endpoint',
      'end_session_endpoint',
      'claims_supported',
      'subject_types_supported',
      'acr_values_supported',
    ]) {
      expect(document).not.toHaveProperty(member);
    }
  });
});
