import { CALLBACK, type JsonAnswer, postJson } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const MINIMAL = { client_name: 'Example app', redirect_uris: [CALLBACK], application_type: 'private', scope: 'openid profile' };

describe('RFC 7591 §3.2 Responses', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  const register = (metadata: object): Promise<JsonAnswer> => postJson(`${server.issuer}/registration`, { ...MINIMAL, ...metadata });

  describe('§3.2.1 Client Information Response', () => {
    it('is 201, JSON, and nobody keeps it', async () => {
      const answer = await register({});
      expect(answer.status).toBe(201);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual([
        expect.stringContaining('no-store'),
        'no-cache',
      ]);
    });

    it('holds an identifier that no other client has', async () => {
      const [one, two] = [await register({}), await register({})];
      expect(one.body['client_id']).toEqual(expect.any(String));
      expect(one.body['client_id']).not.toBe(two.body['client_id']);
      expect(one.body['client_secret']).not.toBe(two.body['client_secret']);
    });

    it('holds the end of a secret beside it: 0, as it has none', async () => {
      expect((await register({})).body).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0 });
    });

    it('says when the identifier was issued, in seconds', async () => {
      const before = Math.floor(server.clock.now().getTime() / 1000);
      const issuedAt = Number((await register({})).body['client_id_issued_at']);
      expect(issuedAt).toBeGreaterThanOrEqual(before - 1);
      expect(issuedAt).toBeLessThanOrEqual(Math.floor(server.clock.now().getTime() / 1000));
    });

    it('returns everything that was registered', async () => {
      const metadata = {
        ...MINIMAL,
        redirect_uris: [CALLBACK, `${CALLBACK}/2`],
        post_logout_redirect_uris: ['https://app.example/bye'],
        contacts: ['dev@app.example'],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
        initiate_login_uri: 'https://app.example/launch',
        policy_uri: 'https://app.example/privacy',
        tos_uri: 'https://app.example/tos',
        jwks_uri: 'https://app.example/keys',
      };
      expect((await register(metadata)).body).toMatchObject(metadata);
    });

    it('holds a token and an address to read the registration back', async () => {
      const { body } = await register({});
      expect(body['registration_access_token']).toEqual(expect.any(String));
      expect(String(body['registration_client_uri']).startsWith(`${server.issuer}/`)).toBe(true);
    });

    it('says in words that a client waits for approval, and nothing of the kind to one that does not', async () => {
      const waiting = await register({ scope: 'openid user/Patient.read' });
      expect(JSON.stringify(waiting.body)).toMatch(/administrator must approve/i);
      expect(JSON.stringify((await register({})).body)).not.toMatch(/administrator must approve/i);
    });

    it('keeps the secret out of the database in clear, and out of the log', async () => {
      const secret = String((await register({})).body['client_secret']);
      expect(JSON.stringify(await server.database.query('SELECT * FROM oauth_clients'))).not.toContain(secret);
      expect(server.logs.text()).not.toContain(secret);
    });
  });

  describe('§3.2.2 Client Registration Error Response', () => {
    it.each([
      ['text for the list', CALLBACK],
      ['an empty list', []],
      ['a number', [7]],
      ['plain http', ['http://app.example/callback']],
      ['a fragment', [`${CALLBACK}#x`]],
      ['a script', ['javascript:alert(1)']],
      ['data', ['data:text/html,x']],
      ['a user name', ['https://user@app.example/callback']],
      ['a relative address', ['callback']],
      ['a line end', ['https://app.example/\r\nx']],
      ['one bad among good ones', [CALLBACK, 'javascript:alert(1)']],
    ])('says invalid_redirect_uri for %s', async (_, uris) => {
      expect(await register({ redirect_uris: uris })).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    });

    it.each([
      ['no name', { client_name: undefined }],
      ['a name that is too long', { client_name: 'x'.repeat(81) }],
      ['a name that hides what it is', { client_name: 'a\u202egood' }],
      ['contacts that are no list', { contacts: 'dev@app.example' }],
      ['a page that is a script', { policy_uri: 'javascript:alert(1)' }],
      ['a scope that is no text', { scope: ['openid'] }],
      ['user scopes for a public client', { application_type: 'public', scope: 'openid user/Patient.read' }],
      ['a post-logout address that is a script', { post_logout_redirect_uris: ['javascript:alert(1)'] }],
    ])('says invalid_client_metadata for %s', async (_, metadata) => {
      expect(await register(metadata)).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
    });

    it('is JSON with a description, and nobody keeps it', async () => {
      const answer = await register({ client_name: 7 });
      expect(answer.body.error_description).toMatch(/client_name/);
      expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
      expect(answer.headers.get('cache-control')).toContain('no-store');
    });
  });
});
