import { checkClientMetadata, DEFAULT_SCOPE, type RegistrationPolicy, type SentClientMetadata } from './client-metadata.js';

const policy: RegistrationPolicy = {
  scopes: [
    'openid',
    'profile',
    'offline_access',
    'api:fhir',
    'launch/patient',
    'patient/Patient.read',
    'user/Patient.read',
    'system/Patient.rs',
  ],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  responseTypes: ['code'],
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  idTokenSigningAlgorithms: ['RS256'],
};
const minimal: SentClientMetadata = { client_name: 'An app', redirect_uris: ['https://app.example/cb'] };
const jwks = { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] };
const check = (more: SentClientMetadata) => checkClientMetadata({ ...minimal, ...more }, policy);

describe('checkClientMetadata', () => {
  it('fills in every default', () => {
    expect(checkClientMetadata(minimal, policy)).toEqual({
      applicationType: null,
      isConfidential: false,
      tokenEndpointAuthMethod: 'none',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      jwks: null,
      jwksUri: null,
      dsiType: 'none',
      dsiSourceAttributes: [],
      defaultAcrValues: [],
      name: 'An app',
      redirectUris: ['https://app.example/cb'],
      postLogoutRedirectUris: [],
      scope: ['openid', 'profile'],
      contacts: [],
      initiateLoginUri: null,
      clientUri: null,
      logoUri: null,
      policyUri: null,
      tosUri: null,
    });
  });

  it('keeps everything that is said', () => {
    const sent: SentClientMetadata = {
      application_type: 'private',
      client_name: '  Klinik-App für Ärzte ',
      redirect_uris: ['https://app.example/a', 'https://app.example/b'],
      post_logout_redirect_uris: ['https://app.example/bye'],
      token_endpoint_auth_method: 'client_secret_post',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'openid user/Patient.read system/Patient.rs',
      contacts: ['ops@app.example', 'dev@app.example'],
      jwks,
      initiate_login_uri: 'https://app.example/launch',
      client_uri: 'https://app.example/',
      logo_uri: 'https://app.example/logo.svg',
      policy_uri: 'https://app.example/privacy',
      tos_uri: 'https://app.example/terms',
      subject_type: 'public',
      id_token_signed_response_alg: 'RS256',
      dsi_type: 'predictive',
      dsi_source_attributes: [{ name: 'developer', value: 'Us' }],
      default_acr_values: ['2', '1'],
    };
    expect(checkClientMetadata(sent, policy)).toEqual({
      applicationType: 'private',
      isConfidential: true,
      tokenEndpointAuthMethod: 'client_secret_post',
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      jwks,
      jwksUri: null,
      dsiType: 'predictive',
      dsiSourceAttributes: [{ name: 'developer', value: 'Us' }],
      name: 'Klinik-App für Ärzte',
      redirectUris: ['https://app.example/a', 'https://app.example/b'],
      postLogoutRedirectUris: ['https://app.example/bye'],
      scope: ['openid', 'user/Patient.read', 'system/Patient.rs'],
      contacts: ['ops@app.example', 'dev@app.example'],
      initiateLoginUri: 'https://app.example/launch',
      clientUri: 'https://app.example/',
      logoUri: 'https://app.example/logo.svg',
      policyUri: 'https://app.example/privacy',
      tosUri: 'https://app.example/terms',
      defaultAcrValues: ['2', '1'],
    });
  });

  it('ignores members which it does not understand (RFC 7591 §2)', () => {
    const sent = { ...minimal, skip_ehr_launch_authorization_flow: true, software_statement: 'x', client_id: 'chosen', is_enabled: 1 };
    expect(checkClientMetadata(sent, policy)).toEqual(checkClientMetadata(minimal, policy));
  });

  it('registers no scope by default which the server does not know, and none about health', () => {
    expect(checkClientMetadata(minimal, { ...policy, scopes: ['openid'] }).scope).toEqual(['openid']);
    expect(DEFAULT_SCOPE.filter((scope) => /[/:]/.test(scope))).toEqual([]);
  });

  it.each([undefined, null, '', '  '])('takes scope %j as absent', (scope) => {
    expect(check({ scope }).scope).toEqual(['openid', 'profile']);
  });

  it('accepts a name of 80 characters, whatever alphabet', () => {
    expect(check({ client_name: '医'.repeat(80) }).name).toHaveLength(80);
  });

  it('lets a native client with a secret of its own use a scheme of its own (RFC 8252 §8.4)', () => {
    const uris = { redirect_uris: ['com.example.app:/cb'] };
    expect(check({ ...uris, application_type: 'native' }).isConfidential).toBe(true);
    expect(check({ ...uris, application_type: 'native', token_endpoint_auth_method: 'none' }).isConfidential).toBe(false);
    expect(check({ ...uris, application_type: 'public' }).redirectUris).toEqual(uris.redirect_uris);
    expect(() => check({ ...uris, application_type: 'private' })).toThrow('invalid_redirect_uri');
    expect(() => check({ ...uris, application_type: 'web' })).toThrow('invalid_redirect_uri');
  });

  it('needs no redirect URI for a grant that passes no browser', () => {
    const sent = {
      application_type: 'private',
      grant_types: ['client_credentials'],
      redirect_uris: undefined,
      scope: 'system/Patient.rs',
      jwks,
    };
    expect(check(sent)).toMatchObject({ redirectUris: [], grantTypes: ['client_credentials'], responseTypes: [] });
  });

  it.each(['jwks', 'jwks_uri'])('accepts system scopes and signed authentication with %s', (member) => {
    const keys = member === 'jwks' ? { jwks } : { jwks_uri: 'https://app.example/jwks' };
    expect(check({ ...keys, application_type: 'private', scope: 'system/Patient.rs' }).scope).toEqual(['system/Patient.rs']);
    expect(check({ ...keys, token_endpoint_auth_method: 'private_key_jwt' }).isConfidential).toBe(true);
  });

  const forConfidential = 'system and user scopes are only allowed for confidential clients';
  it.each<[string, SentClientMetadata, string, string]>([
    ['no name', { client_name: undefined }, 'invalid_client_metadata', 'client_name is required'],
    ['a blank name', { client_name: '  ' }, 'invalid_client_metadata', 'client_name is required'],
    ['a name that is no text', { client_name: 7 }, 'invalid_client_metadata', 'client_name must be a text'],
    [
      'a name which the EHR would cut',
      { client_name: 'x'.repeat(81) },
      'invalid_client_metadata',
      'client_name is longer than 80 characters',
    ],
    ['a name with a line end', { client_name: 'a\r\nb' }, 'invalid_client_metadata', 'client_name holds a character that is not allowed'],
    ['no redirect URI', { redirect_uris: undefined }, 'invalid_redirect_uri', 'redirect_uris must name at least one URI'],
    ['an empty list of redirect URIs', { redirect_uris: [] }, 'invalid_redirect_uri', 'redirect_uris must name at least one URI'],
    [
      'a redirect URI that runs code',
      { redirect_uris: ['javascript:alert(1)'] },
      'invalid_redirect_uri',
      'redirect_uris[0] must be an https URL, or have a scheme which is a domain name in reverse',
    ],
    [
      'a logout URI without https',
      { post_logout_redirect_uris: ['http://app.example/'] },
      'invalid_client_metadata',
      'post_logout_redirect_uris[0] must use https: plain http is for loopback addresses',
    ],
    ['contacts that are no list', { contacts: 'ops@app.example' }, 'invalid_client_metadata', 'contacts must be a list'],
    [
      'a contact that would become two',
      { contacts: ['a@b.example|c@d.example'] },
      'invalid_client_metadata',
      'contacts[0] must not hold the character |',
    ],
    ['a scope that is a list', { scope: ['openid'] }, 'invalid_client_metadata', 'scope must be a text'],
    [
      'an unknown scope',
      { scope: 'openid patient/Dragon.read' },
      'invalid_scope',
      'the scope patient/Dragon.read is not known to this server',
    ],
    ['a malformed scope', { scope: 'openid "x"' }, 'invalid_scope', 'scope holds a character that is not allowed'],
    ['a user scope of a public client', { scope: 'user/Patient.read' }, 'invalid_client_metadata', forConfidential],
    ['a system scope of a public client', { scope: 'system/Patient.rs', jwks }, 'invalid_client_metadata', forConfidential],
    [
      'a system scope without keys',
      { application_type: 'private', scope: 'system/Patient.rs' },
      'invalid_client_metadata',
      'system scopes need jwks or jwks_uri',
    ],
    [
      'signed authentication without keys',
      { token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
      'private_key_jwt needs jwks or jwks_uri',
    ],
    [
      'client_credentials of a public client',
      { grant_types: ['authorization_code', 'client_credentials'] },
      'invalid_client_metadata',
      'the grant type client_credentials is for confidential clients',
    ],
    ['pairwise subjects', { subject_type: 'pairwise' }, 'invalid_client_metadata', 'subject_type must be public'],
    [
      'unsigned ID tokens',
      { id_token_signed_response_alg: 'none' },
      'invalid_client_metadata',
      'id_token_signed_response_alg must be one of RS256',
    ],
    [
      'a policy that runs code',
      { policy_uri: 'javascript:alert(1)' },
      'invalid_client_metadata',
      'policy_uri must be an http or https URL',
    ],
    ['terms that are no text', { tos_uri: {} }, 'invalid_client_metadata', 'tos_uri must be a text'],
    ['a logo by data', { logo_uri: 'data:image/png;base64,AA==' }, 'invalid_client_metadata', 'logo_uri must be an http or https URL'],
    ['a home page that is a file', { client_uri: 'file:///x' }, 'invalid_client_metadata', 'client_uri must be an http or https URL'],
    [
      'a launch address without https',
      { initiate_login_uri: 'http://app.example/launch' },
      'invalid_client_metadata',
      'initiate_login_uri must be an https URL',
    ],
    [
      'contradicting kinds',
      { application_type: 'public', token_endpoint_auth_method: 'client_secret_basic' },
      'invalid_client_metadata',
      'a public client cannot authenticate: token_endpoint_auth_method must be none',
    ],
  ])('refuses %s', (_what, more, code, description) => {
    expect(() => check(more)).toThrow(expect.objectContaining({ code, description, status: 400 }));
  });

  it('names a scope it does not know only as far as a message can be read', () => {
    expect(() => check({ scope: `openid ${'x'.repeat(5_000)}` })).toThrow(
      expect.objectContaining({ description: `the scope ${'x'.repeat(200)} is not known to this server` }),
    );
  });
});
