import { approvedClient, type OAuthClient, postForm, postJson, publicClient, type Tokens } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

/** All that is told to whoever has not proven that the token concerns them. */
const NOTHING = { active: false, status: 'invalid' };

describe('RFC 7662 §2.1 Introspection Request', () => {
  let server: TestServer;
  let client: OAuthClient;
  let tokens: Tokens;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    tokens = await new Visitor(server).tokens(client);
    url = `${server.issuer}/introspect`;
  });

  afterAll(() => server.stop());

  it('takes credentials in the form', async () => {
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
  });

  it('takes Basic credentials', async () => {
    expect((await postForm(url, { token: tokens.access_token }, client.basic)).body['active']).toBe(true);
  });

  it('takes the identifier alone of a public client, for its own tokens', async () => {
    const app = await publicClient(server);
    const own = await new Visitor(server).tokens(app, { scope: 'openid' });
    expect((await app.introspect(own.access_token)).body['active']).toBe(true);
    expect((await app.introspect(tokens.access_token)).body).toEqual(NOTHING);
  });

  it.each([
    ['a wrong secret', { client_secret: 'wrong' }],
    ['no secret', { client_secret: undefined }],
    ['an unknown client', { client_id: 'nobody' }],
  ])('is protected: %s learns nothing about an active token', async (_, more) => {
    const answer = await client.introspect(tokens.access_token, more);
    expect([answer.status, answer.body]).toEqual([200, NOTHING]);
  });

  it('is protected: nobody in particular learns nothing', async () => {
    const answer = await postForm(url, { token: tokens.access_token });
    expect(answer.body['active'] ?? false).toBe(false);
    for (const name of ['sub', 'scope', 'exp', 'client_id']) expect(answer.body).not.toHaveProperty(name);
  });

  it('is protected: the token itself is no credential', async () => {
    const answer = await postForm(url, { token: tokens.access_token }, { authorization: `Bearer ${tokens.access_token}` });
    expect(answer.body['active'] ?? false).toBe(false);
    expect(answer.body).not.toHaveProperty('sub');
  });

  it.each([
    ['access_token', 'refresh_token'],
    ['refresh_token', 'access_token'],
    ['access_token', 'access_token'],
    ['refresh_token', 'refresh_token'],
    ['access_token', 'something_else'],
  ] as const)('finds the %s with the hint %s', async (kind, hint) => {
    expect((await client.introspect(tokens[kind], { token_type_hint: hint })).body['active']).toBe(true);
  });

  it('demands a token', async () => {
    expect(await client.introspect(undefined)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('takes forms and nothing else', async () => {
    const answer = await postJson(url, { token: tokens.access_token, ...client.credentials });
    expect([400, 415]).toContain(answer.status);
    expect(answer.body).not.toHaveProperty('active', true);
  });

  it('does not answer GET, whose address would stay in logs', async () => {
    const query = new URLSearchParams({ token: tokens.access_token, ...client.credentials });
    expect([404, 405]).toContain((await fetch(`${url}?${query.toString()}`)).status);
  });
});
