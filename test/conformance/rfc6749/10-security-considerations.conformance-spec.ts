import { formOf } from '../../support/browser.js';
import { approvedClient, type OAuthClient, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const MARKUP = `<script>alert('x')</script><img src=x onerror="alert(1)">`;

describe('RFC 6749 §10 Security Considerations', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { client_name: MARKUP });
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const dump = async (table: string): Promise<string> => JSON.stringify(await server.database.query(`SELECT * FROM ${table}`));

  it('§10.2 asks the person again for each request, unless they said otherwise', async () => {
    await visitor.code(client);
    expect((await visitor.arrive(client)).text).toContain('name="decision"');
  });

  it('§10.3, §10.4, §10.5 stores no code and no token in clear', async () => {
    const code = await visitor.code(client);
    const before = await dump('oauth2_authorization_code');
    expect(before).not.toContain(code);
    const { body } = await client.exchange(code);
    const tables = ['oauth2_authorization_code', 'oauth2_grant', 'oauth2_issuance', 'api_token', 'api_refresh_token', 'oauth_trusted_user'];
    for (const table of tables) {
      const rows = await dump(table);
      for (const name of ['access_token', 'refresh_token']) expect(rows).not.toContain(body[name]);
    }
  });

  it('§10.3 puts no token in a redirect: the answer at the client has a code and nothing else that is secret', async () => {
    const answer = await visitor.answer(client);
    expect([...answer.keys()].sort()).toEqual(['code', 'iss', 'state']);
  });

  it('§10.10 makes secrets of at least 160 bits', async () => {
    const code = await visitor.code(client);
    const { body } = await client.exchange(code);
    const secrets = [
      code,
      String(body['refresh_token']),
      client.registration.client_secret ?? '',
      String(client.registration['registration_access_token']),
    ];
    for (const secret of secrets) expect(secret.length).toBeGreaterThanOrEqual(27); // 27 characters of six bits
    expect(new Set(secrets).size).toBe(secrets.length);
  });

  it('§10.12 refuses a consent form that no page of ours sent, and grants nothing', async () => {
    const page = await visitor.arrive(client);
    const answer = await visitor.browser.submit(page, { decision: 'allow', csrf_token: 'forged' });
    expect([answer.status, answer.location]).toEqual([403, null]);
    expect(server.logs.refusals().at(-1)?.detail).toContain('CSRF');
  });

  it('§10.12 refuses a consent form that another site posts', async () => {
    const page = await visitor.arrive(client);
    const form = formOf(page);
    const answer = await visitor.browser.post(form.action, { ...form.fields, decision: 'allow' }, { origin: 'https://evil.example' });
    expect([answer.status, answer.location]).toEqual([403, null]);
  });

  it('§10.12 refuses the form of another browser', async () => {
    const page = await visitor.arrive(client);
    const stranger = new Visitor(server);
    await stranger.arrive(client);
    const answer = await stranger.browser.submit(page, { decision: 'allow' });
    expect(answer.location).toBeNull();
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  it('§10.14 shows what clients say about themselves as text, never as markup', async () => {
    const consent = await visitor.arrive(client);
    expect(consent.text).not.toContain(MARKUP);
    expect(consent.text).toContain('&lt;script');
  });

  it('§10.14 shows what a request says as text, never as markup', async () => {
    const page = await new Visitor(server).browser.open(client.authorizeUrl({ login_hint: `"${MARKUP}`, prompt: 'login' }));
    expect(page.text).toContain('name="password"');
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('<img src=x');
  });

  it('§10.15 is no open redirector for what a client has not registered', async () => {
    const app = await publicClient(server);
    const { location } = await new Visitor(server).browser.get(
      app.authorizeUrl({ redirect_uri: 'https://evil.example/', scope: 'nonsense' }),
    );
    expect(location).toBeNull();
  });

  it('§10.16 issues an access token to the client which asked, and names it in the token', async () => {
    const tokens = await visitor.tokens(client);
    const other = await approvedClient(server);
    expect((await client.introspect(tokens.access_token)).body['client_id']).toBe(client.clientId);
    expect((await other.introspect(tokens.access_token)).body).toEqual({ active: false, status: 'invalid' });
  });
});
