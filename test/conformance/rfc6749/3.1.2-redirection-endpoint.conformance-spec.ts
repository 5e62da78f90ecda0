import { type Answer, Browser } from '../../support/browser.js';
import { approvedClient, CALLBACK, type OAuthClient, postJson } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const WITH_QUERY = 'https://app.example/callback?tenant=7&name=a%20b';

describe('RFC 6749 §3.1.2 Redirection Endpoint', () => {
  let server: TestServer;
  let client: OAuthClient;
  let several: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    several = await approvedClient(server, { redirect_uris: [CALLBACK, WITH_QUERY] });
  });

  afterAll(() => server.stop());

  /** A request that is answered at once, without anybody signing in. */
  const ask = (of: OAuthClient, redirectUri: string | undefined): Promise<Answer> =>
    new Browser(server.origin).get(of.authorizeUrl({ prompt: 'none', redirect_uri: redirectUri }));
  const expectPage = (answer: Answer): void => {
    expect([answer.status, answer.location]).toEqual([400, null]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  };

  it('§3.1.2 refuses to register an address that is not absolute', async () => {
    const answer = await postJson(`${server.issuer}/registration`, { client_name: 'x', redirect_uris: ['/callback'], scope: 'openid' });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
  });

  it('§3.1.2 refuses to register an address with a fragment', async () => {
    const answer = await postJson(`${server.issuer}/registration`, {
      client_name: 'x',
      redirect_uris: [`${CALLBACK}#top`],
      scope: 'openid',
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
  });

  it('§3.1.2 keeps the query of the address and adds to it', async () => {
    const { location } = await ask(several, WITH_QUERY);
    expect(location?.startsWith(`${WITH_QUERY}&error=login_required&`)).toBe(true);
  });

  it('§3.1.2.2 refuses to register a client without an address to return to', async () => {
    for (const type of ['public', 'private']) {
      const answer = await postJson(`${server.issuer}/registration`, { client_name: 'x', application_type: type, scope: 'openid' });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    }
  });

  it('§3.1.2.3 returns to the only registered address when none is named', async () => {
    expect((await ask(client, undefined)).location).toMatch(/^https:\/\/app\.example\/callback\?error=login_required&/);
  });

  it('§3.1.2.3 demands the parameter when several are registered', async () => {
    expectPage(await ask(several, undefined));
    expect(server.logs.refusals().at(-1)?.description).toBe('redirect_uri is missing, and more than one is registered');
  });

  it('§3.1.2.3 accepts each of several registered addresses', async () => {
    expect((await ask(several, CALLBACK)).location).toMatch(/error=login_required/);
    expect((await ask(several, WITH_QUERY)).location).toMatch(/error=login_required/);
  });

  it.each([
    ['another host', 'https://evil.example/callback'],
    ['a registered address as prefix', `${CALLBACK}/more`],
    ['a trailing slash', `${CALLBACK}/`],
    ['an added query', `${CALLBACK}?a=b`],
    ['an added fragment', `${CALLBACK}#a`],
    ['another case of the path', 'https://app.example/Callback'],
    ['another case of the host', 'https://APP.example/callback'],
    ['the default port spelled out', 'https://app.example:443/callback'],
    ['another port', 'https://app.example:8443/callback'],
    ['another scheme', 'http://app.example/callback'],
    ['dot segments', 'https://app.example/x/../callback'],
    ['an escaped letter', 'https://app.example/%63allback'],
    ['a user name', 'https://app.example@evil.example/callback'],
    ['a blank behind it', `${CALLBACK} `],
    ['a relative address', '/callback'],
  ])('§3.1.2.3, §3.1.2.4 compares as text, and does not redirect to %s', async (_, redirectUri) => {
    expectPage(await ask(client, redirectUri));
    expect(server.logs.refusals().at(-1)).toMatchObject({
      error: 'invalid_request',
      description: 'redirect_uri is not registered for this client',
    });
  });

  it('§3.1.2.4 tells the person what is wrong, with a reference that the log has too', async () => {
    const answer = await ask(client, 'https://evil.example/callback');
    expect(answer.text).toContain('redirect_uri is not registered');
    expect(answer.text).not.toContain('href="https://evil.example');
    expect(answer.text).toContain(server.logs.refusals().at(-1)?.requestId);
  });

  it('§3.1.2.5 executes no foreign script on the way back: the answer is a redirect without a body', async () => {
    expect((await ask(client, CALLBACK)).text).toBe('');
  });
});
