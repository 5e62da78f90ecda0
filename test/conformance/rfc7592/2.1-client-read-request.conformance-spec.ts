import { getJson, type JsonAnswer, type OAuthClient, registerClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 7592 §2.1 Client Read Request', () => {
  let server: TestServer;
  let client: OAuthClient;
  let other: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await registerClient(server);
    other = await registerClient(server);
  });

  afterAll(() => server.stop());

  const text = (of: OAuthClient, name: string): string => String(of.registration[name]);
  const read = (uri: string, token?: string): Promise<JsonAnswer> =>
    getJson(uri, token === undefined ? {} : { authorization: `Bearer ${token}` });

  it('returns the registration to whoever has its token', async () => {
    const answer = await read(text(client, 'registration_client_uri'), text(client, 'registration_access_token'));
    expect(answer.status).toBe(200);
    const { client_name: name, redirect_uris: uris, scope, contacts } = client.registration;
    expect(answer.body).toMatchObject({ client_id: client.clientId, client_name: name, redirect_uris: uris, scope, contacts });
  });

  it('§3 names the address and the token again', async () => {
    const { body } = await read(text(client, 'registration_client_uri'), text(client, 'registration_access_token'));
    const { registration_client_uri: uri, registration_access_token: token } = client.registration;
    expect(body).toMatchObject({ registration_client_uri: uri, registration_access_token: token });
  });

  it('works for a client that waits for approval', async () => {
    const [row] = await server.database.query<Array<{ is_enabled: unknown }>>('SELECT is_enabled FROM oauth_clients WHERE client_id = ?', [
      client.clientId,
    ]);
    expect(Number(row?.is_enabled)).toBe(0);
    expect((await read(text(client, 'registration_client_uri'), text(client, 'registration_access_token'))).status).toBe(200);
  });

  it('is kept by nobody', async () => {
    const answer = await read(text(client, 'registration_client_uri'), text(client, 'registration_access_token'));
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('refuses a request without token, with a challenge', async () => {
    const answer = await read(text(client, 'registration_client_uri'));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each<[string, () => string]>([
    ['a token that is none', () => 'wrong'],
    ['the token of another client', () => text(other, 'registration_access_token')],
    ['the client secret', () => text(client, 'client_secret')],
    ['the token with another case', () => text(client, 'registration_access_token').toUpperCase()],
  ])('refuses %s with 401', async (_, token) => {
    const answer = await read(text(client, 'registration_client_uri'), token());
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(answer.body).not.toHaveProperty('client_id');
  });

  it('answers 401, not 404, where there is no such client', async () => {
    const uri = `${text(client, 'registration_client_uri').replace(/[^/]+$/, '')}AAAAAAAAAAAAAAAAAAAAAA`;
    expect((await read(uri, text(client, 'registration_access_token'))).status).toBe(401);
  });

  it('answers 401 once the client has been deleted', async () => {
    const gone = await registerClient(server);
    await server.database.query('DELETE FROM oauth_clients WHERE client_id = ?', [gone.clientId]);
    expect((await read(text(gone, 'registration_client_uri'), text(gone, 'registration_access_token'))).status).toBe(401);
  });

  it('does not take the token from the address', async () => {
    const answer = await read(`${text(client, 'registration_client_uri')}?access_token=${text(client, 'registration_access_token')}`);
    expect(answer.status).toBe(401);
  });
});
