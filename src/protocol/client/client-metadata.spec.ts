import { check, jwks, minimal, policy } from '../../../test/support/sample-client-metadata.js';
import { checkClientMetadata, DEFAULT_SCOPE, type SentClientMetadata } from './client-metadata.js';

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

  it('leaves out launch/encounter, which is never granted, and does not call it a mistake', () => {
    expect(check({ scope: 'openid launch/encounter' }).scope).toEqual(['openid']);
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

  it('lets a client act without a user that can, and names no grant types', () => {
    const service = { application_type: 'private', scope: 'system/Patient.rs', jwks };
    expect(check(service).grantTypes).toEqual(['authorization_code', 'client_credentials']);
    expect(check({ ...service, grant_types: ['authorization_code'] }).grantTypes).toEqual(['authorization_code']);
  });
});
