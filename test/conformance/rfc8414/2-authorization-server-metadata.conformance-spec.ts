import { Browser } from '../../support/browser.js';
import {
  approvedClient,
  callbackOf,
  getJson,
  type JsonAnswer,
  type OAuthClient,
  postForm,
  registerClient,
} from '../../support/oauth-client.js';
import { setGlobal } from '../../support/set-global.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 8414 §2 Authorization Server Metadata', () => {
  let server: TestServer;
  let client: OAuthClient;
  let metadata: JsonAnswer['body'];

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    metadata = (await getJson(`${server.origin}/.well-known/oauth-authorization-server/oauth2/default`)).body;
  });

  afterAll(() => server.stop());

  const list = (name: string): string[] => metadata[name] as string[];

  it('names the issuer: a URL without query and fragment', () => {
    expect(metadata['issuer']).toBe(server.issuer);
    expect(String(metadata['issuer'])).not.toMatch(/[?#]|\/$/);
  });

  it.each([
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'registration_endpoint',
    'introspection_endpoint',
    'revocation_endpoint',
  ])('names %s as a URL below the issuer, and something answers there', async (name) => {
    expect(String(metadata[name]).startsWith(`${server.issuer}/`)).toBe(true);
    const statuses = [(await fetch(String(metadata[name]))).status, (await fetch(String(metadata[name]), { method: 'POST' })).status];
    expect(statuses.some((status) => status !== 404 && status < 500)).toBe(true);
  });

  it('names response_types_supported, which are those that work', async () => {
    expect(list('response_types_supported')).toEqual(['code']);
  });

  it('names response modes that work, and no other', async () => {
    expect(list('response_modes_supported').sort()).toEqual(['form_post', 'query']);
    const fragment = await new Browser(server.origin).get(client.authorizeUrl({ response_mode: 'fragment' }));
    expect(callbackOf(fragment).get('error')).toBe('invalid_request');
  });

  it('names grant types that the token endpoint knows', async () => {
    expect(list('grant_types_supported')).toEqual(expect.arrayContaining(['authorization_code', 'refresh_token']));
    for (const grantType of list('grant_types_supported')) {
      const { body } = await postForm(`${server.issuer}/token`, { grant_type: grantType, ...client.credentials });
      expect([grantType, body.error]).not.toEqual([grantType, 'unsupported_grant_type']);
    }
  });

  it('names no grant type that is switched off', async () => {
    const named = async () => (await getJson(`${server.issuer}/.well-known/oauth-authorization-server`)).body['grant_types_supported'];
    await setGlobal(server, 'oauth_password_grant', '0');
    expect(await named()).toEqual(['authorization_code', 'refresh_token']);
    await setGlobal(server, 'oauth_password_grant', '3');
    expect(await named()).toEqual(['authorization_code', 'refresh_token', 'password']);
    await setGlobal(server, 'rest_system_scopes_api', '1');
    expect(await named()).toEqual(['authorization_code', 'refresh_token', 'password', 'client_credentials']);
    await setGlobal(server, 'rest_system_scopes_api', '0');
  });

  it('names S256 as the only code challenge method', () => {
    expect(list('code_challenge_methods_supported')).toEqual(['S256']);
  });

  it.each(['token', 'introspection', 'revocation'])('names how clients authenticate at the %s endpoint', (endpoint) => {
    expect(list(`${endpoint}_endpoint_auth_methods_supported`).sort()).toEqual([
      'client_secret_basic',
      'client_secret_post',
      'none',
      'private_key_jwt',
    ]);
    expect(list(`${endpoint}_endpoint_auth_signing_alg_values_supported`)).toEqual([
      'RS256',
      'RS384',
      'PS256',
      'PS384',
      'ES256',
      'ES384',
      'EdDSA',
    ]);
  });

  it('names scopes of which each can be registered', async () => {
    const scopes = list('scopes_supported').filter((scope) => !scope.startsWith('system/'));
    const registered = await registerClient(server, { scope: scopes.join(' ') });
    expect(String(registered.registration['scope']).split(' ')).toEqual(scopes);
  });

  it.each([
    'openid',
    'profile',
    'email',
    'phone',
    'address',
    'offline_access',
    'site:default',
    'api:oemr',
    'api:fhir',
    'api:port',
    'api:pofh',
  ])('names the scope %s', (scope) => {
    expect(list('scopes_supported')).toContain(scope);
  });

  it('§3.2 has no member without a value', () => {
    for (const [name, value] of Object.entries(metadata)) {
      expect([name, value === null || value === '' || (Array.isArray(value) && value.length === 0)]).toEqual([name, false]);
    }
  });
});
