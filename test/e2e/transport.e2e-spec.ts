import { Browser, encodeForm } from '../support/browser.js';
import { approvedClient, CALLBACK, callbackOf, getJson, type OAuthClient, postForm, signIn } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const APP = new URL(CALLBACK).origin;
const STRANGER = 'https://stranger.example';
describe('Headers and transport', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_BODY_LIMIT: '4096' } });
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  describe('a page', () => {
    it.each([
      ['of sign-in', (browser: Browser) => browser.open(client.authorizeUrl())],
      ['of consent', async (browser: Browser) => signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN)],
      ['of an error', (browser: Browser) => browser.get(client.authorizeUrl({ client_id: 'nobody' }))],
      ['of nothing there', (browser: Browser) => browser.get(`${server.issuer}/nothing`)],
      ['of logout', (browser: Browser) => browser.get(`${server.issuer}/logout`)],
      ['at the root', (browser: Browser) => browser.get(`${server.origin}/`)],
    ])('%s runs no inline script, lies in no frame and in no cache', async (_, open) => {
      const { headers, text } = await open(new Browser(server.origin));
      const policy = directives(headers.get('content-security-policy'));
      expect(policy.get('default-src')).toBe("'none'");
      expect(policy.get('script-src')).toBe("'self'");
      expect(policy.get('style-src')).toBe("'self'");
      expect(policy.get('frame-ancestors')).toBe("'none'");
      expect(policy.get('base-uri')).toBe("'none'");
      expect([...policy.values()].join(' ')).not.toMatch(/unsafe|\*/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=|javascript:/i);
      expect(headers.has('strict-transport-security')).toBe(false); // plain http on loopback
    });
  });

  describe('what must not be kept', () => {
    it.each([
      ['tokens', () => client.authorize().then((callback) => client.exchange(callback.get('code'))), 200],
      ['a refusal of tokens', () => client.exchange('x'), 400],
      ['a refusal of the client', () => client.exchange('x', { client_secret: 'wrong' }), 401],
      ['an introspection', () => client.introspect('x'), 200],
      ['a revocation', () => client.revoke('x'), 200],
      ['claims', async () => client.userinfo((await client.tokens()).access_token), 200],
      ['a refusal of claims', () => client.userinfo('x'), 401],
    ])('is marked so: %s', async (_, ask, status) => {
      const answer = await ask();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('cache-control')).toContain('no-store'); // RFC 6749 §5.1
    });

    it('is marked for old caches where a token is in it', async () => {
      const callback = await client.authorize();
      expect((await client.exchange(callback.get('code'))).headers.get('pragma')).toBe('no-cache'); // RFC 6749 §5.1
    });
  });

  describe('a script of another origin', () => {
    const endpoints = ['token', 'userinfo', 'introspect', 'revoke'];
    const call = (endpoint: string, origin: string): Promise<Response> =>
      fetch(`${server.issuer}/${endpoint}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        body: encodeForm({ token: 'x', ...client.credentials }),
      });
    const preflight = (address: string, origin: string): Promise<Response> =>
      fetch(address, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization, content-type' },
      });

    it.each(endpoints)('may read %s when a client of that origin is registered, and never with cookies', async (endpoint) => {
      for (const answer of [await call(endpoint, APP), await preflight(`${server.issuer}/${endpoint}`, APP)]) {
        expect(answer.headers.get('access-control-allow-origin')).toBe(APP);
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
        expect(answer.headers.get('vary')).toMatch(/\borigin\b/i);
      }
    });

    it.each(endpoints)('may not read %s otherwise', async (endpoint) => {
      for (const origin of [STRANGER, 'null', `${APP}.evil.example`, APP.replace('https', 'http'), `${APP}:8443`]) {
        for (const answer of [await call(endpoint, origin), await preflight(`${server.issuer}/${endpoint}`, origin)]) {
          expect([origin, answer.headers.get('access-control-allow-origin')]).toEqual([origin, null]);
          expect(answer.headers.get('vary')).toMatch(/\borigin\b/i);
        }
      }
    });

    it('is told by the preflight what it may send', async () => {
      const answer = await preflight(`${server.issuer}/token`, APP);
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-methods')).toMatch(/\bPOST\b/);
      expect(answer.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/i);
    });

    it('may read the public documents wherever it comes from', async () => {
      const documents = [`${server.issuer}/.well-known/openid-configuration`, `${server.issuer}/jwk`];
      for (const address of [...documents, `${server.origin}/.well-known/oauth-authorization-server/oauth2/default`]) {
        const answer = await getJson(address, { origin: STRANGER });
        expect([address, answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([address, 200, '*']);
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      }
    });

    it('may not read a page', async () => {
      for (const address of [client.authorizeUrl(), `${server.issuer}/logout`, `${server.origin}/`]) {
        const answer = await new Browser(server.origin).get(address, { origin: APP });
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    });
  });

  describe('a request', () => {
    it('has an id of ours, which stands in the answer, on the page and in the log', async () => {
      const answer = await new Browser(server.origin).get(client.authorizeUrl({ client_id: 'nobody' }), {
        'x-request-id': 'chosen-by-a-stranger',
      });
      const id = answer.headers.get('x-request-id') ?? '';
      expect(id).toMatch(/^[\w-]{8,}$/);
      expect(answer.text).toContain(id);
      const entries = server.logs.lines
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter((entry) => entry['requestId'] === id);
      expect(entries).toEqual(
        expect.arrayContaining([expect.objectContaining({ route: '/oauth2/default/authorize', status: answer.status })]),
      );
      expect(server.logs.refusals().find((entry) => entry.requestId === id)).toMatchObject({ error: 'invalid_client' });
      expect(server.logs.text()).not.toContain('chosen-by-a-stranger');
      const other = await client.userinfo('x');
      expect(other.headers.get('x-request-id')).not.toBe(id);
    });

    it('with a body over the limit is refused in the shape of its endpoint, and one below it is read', async () => {
      const answer = await postForm(`${server.issuer}/token`, `grant_type=${'a'.repeat(4096)}`);
      expect(answer).toMatchObject({ status: 413, body: { error: 'invalid_request' } });
      const read = await postForm(`${server.issuer}/token`, { ...client.credentials, grant_type: 'a'.repeat(3500) });
      expect(read).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
      const page = await new Browser(server.origin).post(`${server.issuer}/authorize`, `scope=${'a'.repeat(4096)}`);
      expect(page.status).toBe(413);
      expect(page.headers.get('content-type')).toContain('text/html');
    });
  });

  it('gives a new session cookie at each sign-in, and the former one is worth nothing', async () => {
    const browser = new Browser(server.origin);
    browser.setCookie('chartkey_session', 'p'.repeat(43)); // planted by somebody
    await signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN);
    const first = browser.cookie('chartkey_session') ?? '';
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe('p'.repeat(43));
    await signIn(browser, await browser.open(client.authorizeUrl({ prompt: 'login' })), CLINICIAN);
    expect(browser.cookie('chartkey_session')).not.toBe(first);
    const thief = new Browser(server.origin);
    thief.setCookie('chartkey_session', first);
    expect(callbackOf(await thief.get(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('login_required');
  });
});

/** A Content-Security-Policy as name -> sources. CSP 3 §2.2.1 */
function directives(policy: string | null): Map<string, string> {
  const parts = (policy ?? '').split(';').map((part) => part.trim().split(/\s+/));
  return new Map(parts.map(([name = '', ...sources]) => [name, sources.join(' ')]));
}
