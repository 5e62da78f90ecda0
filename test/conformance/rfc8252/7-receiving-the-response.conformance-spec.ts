import { type Answer, Browser } from '../../support/browser.js';
import { type OAuthClient, publicClient, postJson, type JsonAnswer } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const V4 = 'http://127.0.0.1:8087/cb';
const V6 = 'http://[::1]/cb?x=1';
const NAME = 'http://localhost:8087/cb';
const WEB = 'https://app.example:8443/cb';
const OWN_SCHEME = 'com.example.app:/done';

describe('RFC 8252 §7 Receiving the Authorization Response in a Native App', () => {
  let server: TestServer;
  let app: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    app = await publicClient(server, { redirect_uris: [V4, V6, NAME, WEB, OWN_SCHEME] });
  });

  afterAll(() => server.stop());

  const ask = (redirectUri: string): Promise<Answer> =>
    new Browser(server.origin).get(app.authorizeUrl({ redirect_uri: redirectUri, scope: 'openid', prompt: 'none' }));
  const register = (redirectUri: string, type: string): Promise<JsonAnswer> =>
    postJson(`${server.issuer}/registration`, { client_name: 'x', application_type: type, scope: 'openid', redirect_uris: [redirectUri] });

  it.each([
    ['the registered port', V4],
    ['another port', 'http://127.0.0.1:51004/cb'],
    ['no port', 'http://127.0.0.1/cb'],
    ['a port of IPv6, where none was registered', 'http://[::1]:61023/cb?x=1'],
  ])('§7.3 allows any port of a loopback address: %s', async (_, redirectUri) => {
    const { location } = await ask(redirectUri);
    expect(location?.startsWith(`${redirectUri}${redirectUri.includes('?') ? '&' : '?'}error=login_required`)).toBe(true);
  });

  it.each([
    ['another path', 'http://127.0.0.1:8087/other'],
    ['another query', 'http://[::1]:8087/cb?x=2'],
    ['the other address family', 'http://[::1]:8087/cb'],
    ['another loopback address', 'http://127.0.0.2:8087/cb'],
    ['a name that begins like one', 'http://127.0.0.1.evil.example:8087/cb'],
    ['a user name before another host', 'http://127.0.0.1:8087@evil.example/cb'],
    ['https', 'https://127.0.0.1:8087/cb'],
    ['a port that is none', 'http://127.0.0.1:99999/cb'],
    ['another spelling of the address', 'http://2130706433:8087/cb'],
  ])('§7.3 lets only the port vary: %s is refused', async (_, redirectUri) => {
    const answer = await ask(redirectUri);
    expect([answer.status, answer.location]).toEqual([400, null]);
    expect(server.logs.refusals().at(-1)?.description).toBe('redirect_uri is not registered for this client');
  });

  it('§8.3 gives localhost, a name that can be pointed elsewhere, no such freedom', async () => {
    expect((await ask(NAME)).location).toContain('login_required');
    expect((await ask('http://localhost:9999/cb')).location).toBeNull();
  });

  it('§7.2 lets no port of a web address vary', async () => {
    expect((await ask(WEB)).location).toContain('login_required');
    expect((await ask('https://app.example:8444/cb')).location).toBeNull();
  });

  it('§7.1 returns to a scheme of the app', async () => {
    expect((await ask(OWN_SCHEME)).location).toMatch(/^com\.example\.app:\/done\?error=login_required&/);
  });

  it('§7.1 registers only schemes that are a domain name in reverse', async () => {
    expect(await register('myapp:/done', 'public')).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
  });

  it('§8.4 takes a scheme of its own from public and native clients alone', async () => {
    expect(await register(OWN_SCHEME, 'private')).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    expect((await register(OWN_SCHEME, 'public')).status).toBe(201);
  });

  it('§7.3 takes the code with the port that the request had', async () => {
    const redirectUri = 'http://127.0.0.1:51004/cb';
    const { location } = await new Visitor(server).visit(app, { redirect_uri: redirectUri, scope: 'openid' });
    const code = new URL(location ?? 'about:blank').searchParams.get('code');
    expect((await app.exchange(code, { redirect_uri: redirectUri })).status).toBe(200);
  });

  it('§6, §8.1 demands PKCE of every native app', async () => {
    const answer = await new Browser(server.origin).get(
      app.authorizeUrl({ redirect_uri: V4, scope: 'openid', code_challenge: undefined, code_challenge_method: undefined }),
    );
    expect(answer.location).toContain('error=invalid_request');
  });
});
