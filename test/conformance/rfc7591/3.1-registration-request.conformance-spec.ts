import { CALLBACK, getJson, type JsonAnswer, postForm, postJson } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const MINIMAL = { client_name: 'Example app', redirect_uris: [CALLBACK] };
const INITIAL_TOKEN = 'an initial access token of the operator';

describe('RFC 7591 §3.1 Client Registration Request', () => {
  let open: TestServer;
  let guarded: TestServer;
  let closed: TestServer;

  beforeAll(async () => {
    open = await startServer();
    guarded = await startServer({ env: { CHARTKEY_REGISTRATION: 'token', CHARTKEY_REGISTRATION_TOKEN: INITIAL_TOKEN } });
    closed = await startServer({ env: { CHARTKEY_REGISTRATION: 'off' } });
  });

  afterAll(async () => {
    for (const server of [open, guarded, closed]) await server.stop();
  });

  const register = (server: TestServer, headers: Record<string, string> = {}): Promise<JsonAnswer> =>
    postJson(`${server.issuer}/registration`, MINIMAL, headers);

  it('takes a JSON object', async () => {
    expect((await register(open)).status).toBe(201);
  });

  it('takes JSON with a named character set', async () => {
    expect((await register(open, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(201);
  });

  it('takes nothing but JSON', async () => {
    const answer = await postForm(`${open.issuer}/registration`, { client_name: 'x', redirect_uris: CALLBACK });
    expect([400, 415]).toContain(answer.status);
    expect(answer.body).toHaveProperty('error');
  });

  it.each(['', '{', '[]', '"text"', 'null', '7'])('refuses the body %j', async (body) => {
    const answer = await postJson(`${open.issuer}/registration`, body);
    expect(answer.status).toBe(400);
    expect(['invalid_client_metadata', 'invalid_request']).toContain(answer.body.error);
  });

  it('takes POST and nothing else', async () => {
    expect([404, 405]).toContain((await getJson(`${open.issuer}/registration`)).status);
  });

  it('needs no token where registration is open', async () => {
    expect((await register(open, { authorization: 'Bearer whatever' })).status).toBe(201);
  });

  it('takes the initial access token as a bearer token where one is needed', async () => {
    expect((await register(guarded, { authorization: `Bearer ${INITIAL_TOKEN}` })).status).toBe(201);
  });

  it.each([
    ['without the initial access token', {}],
    ['with a wrong one', { authorization: 'Bearer wrong' }],
    ['with another scheme', { authorization: `Basic ${Buffer.from(INITIAL_TOKEN).toString('base64')}` }],
  ])('refuses a request %s with 401 and a Bearer challenge', async (_, headers) => {
    const answer = await register(guarded, headers);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(answer.body).not.toHaveProperty('client_id');
  });

  it('is closed where the operator closed it, and then discovery names no registration endpoint', async () => {
    expect(await register(closed)).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect((await getJson(`${closed.issuer}/.well-known/openid-configuration`)).body).not.toHaveProperty('registration_endpoint');
  });
});
