import { approvedClient, type JsonAnswer, type OAuthClient, postForm, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 6749 §2.3 Client Authentication', () => {
  let server: TestServer;
  let client: OAuthClient;
  let app: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    app = await publicClient(server);
  });

  afterAll(() => server.stop());

  /** A request whose refresh token is unknown: invalid_grant says that the client itself was believed. */
  const ask = (fields: Record<string, string>, headers: Record<string, string> = {}, query = ''): Promise<JsonAnswer> =>
    postForm(`${server.issuer}/token${query}`, { grant_type: 'refresh_token', refresh_token: 'unknown', ...fields }, headers);
  const basic = (id: string, secret: string): Record<string, string> => ({
    authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
  });
  const secretOf = (of: OAuthClient): string => of.registration.client_secret ?? '';
  const escapeAll = (text: string): string => Buffer.from(text).reduce((all, byte) => `${all}%${byte.toString(16).padStart(2, '0')}`, '');

  const BELIEVED = { status: 400, body: { error: 'invalid_grant' } };

  it('§2.3.1 takes identifier and secret by HTTP Basic', async () => {
    expect(await ask({}, client.basic)).toMatchObject(BELIEVED);
  });

  it('§2.3.1 undoes the form encoding of both halves of the Basic credentials', async () => {
    expect(await ask({}, basic(escapeAll(client.clientId), escapeAll(secretOf(client))))).toMatchObject(BELIEVED);
  });

  it('§2.3.1 reads the name of the Basic scheme in any case', async () => {
    expect(await ask({}, { authorization: client.basic['authorization']?.replace('Basic', 'bASIC') ?? '' })).toMatchObject(BELIEVED);
  });

  it('§2.3.1 takes identifier and secret in the body', async () => {
    expect(await ask(client.credentials)).toMatchObject(BELIEVED);
  });

  it('§2.3.1 never takes them from the address', async () => {
    const answer = await ask({}, {}, `?${new URLSearchParams(client.credentials).toString()}`);
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });

  it('§2.3 refuses more than one method in one request', async () => {
    expect(await ask(client.credentials, client.basic)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('§2.3 refuses a body that names another client than the Authorization header', async () => {
    expect(await ask({ client_id: app.clientId }, client.basic)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('§2.3.1 accepts the same client_id beside Basic credentials', async () => {
    expect(await ask({ client_id: client.clientId }, client.basic)).toMatchObject(BELIEVED);
  });

  it.each([
    ['in the body', (of: OAuthClient) => ask({ client_id: of.clientId, client_secret: 'wrong' })],
    ['by Basic', (of: OAuthClient) => ask({}, basic(of.clientId, 'wrong'))],
  ])('refuses a wrong secret %s', async (_, attempt) => {
    expect(await attempt(client)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(server.logs.refusals().at(-1)?.detail).toContain('wrong secret');
  });

  it('§3.2.1 refuses a confidential client that shows no secret', async () => {
    expect(await ask({ client_id: client.clientId })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(server.logs.refusals().at(-1)?.detail).toContain('no secret');
  });

  it('§2.3 does not tell an unknown client from a wrong secret', async () => {
    const unknown = await ask({ client_id: 'nobody', client_secret: 'wrong' });
    const wrong = await ask({ client_id: client.clientId, client_secret: 'wrong' });
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('§2.3 takes a public client by its identifier alone', async () => {
    expect(await ask({ client_id: app.clientId })).toMatchObject(BELIEVED);
  });

  it('§2.3 does not rely on the secret that a public client sends', async () => {
    expect(await ask({ client_id: app.clientId, client_secret: 'anything' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it.each([
    ['something that is not base64', 'Basic ***'],
    ['no colon', `Basic ${Buffer.from('nocolon').toString('base64')}`],
    ['nothing', 'Basic'],
  ])('refuses Basic credentials with %s, with a challenge', async (_, authorization) => {
    const answer = await ask({}, { authorization });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
  });

  it.each(['token', 'revoke'])('§2.3 demands it at the %s endpoint', async (endpoint) => {
    const answer = await postForm(`${server.issuer}/${endpoint}`, { grant_type: 'refresh_token', refresh_token: 'x', token: 'x' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  });
});
