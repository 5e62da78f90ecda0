import { generateKeyPairSync } from 'node:crypto';
import { CALLBACK, type JsonAnswer, OAuthClient, postJson } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const MINIMAL = { client_name: 'Example app', redirect_uris: [CALLBACK] };

describe('RFC 7591 §2 Client Metadata', () => {
  let server: TestServer;
  let publicKey: object;
  let privateKey: object;

  beforeAll(async () => {
    server = await startServer();
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    publicKey = pair.publicKey.export({ format: 'jwk' });
    privateKey = pair.privateKey.export({ format: 'jwk' });
  });

  afterAll(() => server.stop());

  const register = (metadata: object): Promise<JsonAnswer> => postJson(`${server.issuer}/registration`, { ...MINIMAL, ...metadata });

  it('keeps every redirect URI', async () => {
    const uris = [CALLBACK, `${CALLBACK}?a=b`, 'https://other.example/done'];
    expect(await register({ redirect_uris: uris })).toMatchObject({ status: 201, body: { redirect_uris: uris } });
  });

  it('fills in the defaults: authorization_code and code', async () => {
    expect((await register({})).body).toMatchObject({ grant_types: ['authorization_code'], response_types: ['code'] });
  });

  it('takes client_secret_basic for the method of a confidential client that names none', async () => {
    expect((await register({ application_type: 'web' })).body).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      client_secret: expect.any(String),
    });
  });

  it('gives no secret to a client whose method is none', async () => {
    const { body } = await register({ token_endpoint_auth_method: 'none' });
    expect([body['token_endpoint_auth_method'], body['client_secret'] ?? '']).toEqual(['none', '']);
  });

  it('registers a scope of its own choosing, and says which, where none is asked for', async () => {
    expect((await register({})).body['scope']).toBe('openid profile');
  });

  it('keeps what is shown to people', async () => {
    const shown = {
      client_name: 'Ärzte-App',
      contacts: ['a@app.example', 'b@app.example'],
      client_uri: 'https://app.example/',
      logo_uri: 'https://app.example/logo.png',
      tos_uri: 'https://app.example/tos',
      policy_uri: 'https://app.example/privacy',
    };
    const { body } = await register(shown);
    expect(body).toMatchObject({
      client_name: shown.client_name,
      contacts: shown.contacts,
      tos_uri: shown.tos_uri,
      policy_uri: shown.policy_uri,
    });
  });

  it('keeps public keys', async () => {
    const jwks = { keys: [{ ...publicKey, kid: 'one' }] };
    expect((await register({ application_type: 'private', jwks })).body['jwks']).toEqual(jwks);
  });

  it.each([
    ['both jwks and jwks_uri', () => ({ jwks: { keys: [publicKey] }, jwks_uri: 'https://app.example/keys' })],
    ['a private key', () => ({ jwks: { keys: [privateKey] } })],
    ['jwks that are no key set', () => ({ jwks: { key: publicKey } })],
    ['a jwks_uri without TLS', () => ({ jwks_uri: 'http://app.example/keys' })],
  ])('refuses %s', async (_, metadata) => {
    expect(await register({ application_type: 'private', ...metadata() })).toMatchObject({
      status: 400,
      body: { error: 'invalid_client_metadata' },
    });
  });

  it('ignores members that it does not know', async () => {
    const answer = await register({
      unheard_of: { a: [1] },
      software_version: '2',
      is_enabled: 1,
      client_id: 'mine',
      client_secret: 'mine',
    });
    expect(answer.status).toBe(201);
    expect(answer.body['client_id']).not.toBe('mine');
    expect(answer.body['client_secret']).not.toBe('mine');
    expect(answer.body).not.toHaveProperty('unheard_of');
  });

  it.each([
    ['response type code without its grant', { grant_types: ['refresh_token'], response_types: ['code'] }],
    ['the code grant without its response type', { grant_types: ['authorization_code'], response_types: [] }],
    ['a response type that is not supported', { response_types: ['token'] }],
    ['a grant type that is not supported', { grant_types: ['implicit'] }],
    [
      'client_credentials for a public client',
      { token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'client_credentials'] },
    ],
    ['an unknown authentication method', { token_endpoint_auth_method: 'client_secret_telepathy' }],
  ])('§2.1 refuses %s', async (_, metadata) => {
    expect(await register(metadata)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
  });

  it('reserves the password grant for administrators: it is left out, and the reply says so', async () => {
    expect((await register({ grant_types: ['authorization_code', 'password'] })).body['grant_types']).toEqual(['authorization_code']);
  });

  it('honours what it has registered: the secret works', async () => {
    const { body } = await register({ application_type: 'private' });
    const client = new OAuthClient(server, body as OAuthClient['registration']);
    expect((await client.refresh('unknown')).body.error).toBe('invalid_grant');
  });
});
