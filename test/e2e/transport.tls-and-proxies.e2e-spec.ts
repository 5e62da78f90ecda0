import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Browser, encodeForm, formOf } from '../support/browser.js';
import { nodeFetch } from '../support/node-fetch.js';
import { publicClient, signIn } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { startServer } from '../support/start-server.js';

const TLS = { cert: fixture('localhost.crt'), key: fixture('localhost.key') };

/** Of a client that the demo site has from its beginning. */
const REQUEST = encodeForm({
  response_type: 'code',
  client_id: 'demo-public-client-00000000000000000000000001',
  scope: 'openid',
  code_challenge: 'c'.repeat(43),
  code_challenge_method: 'S256',
});

function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

describe('https', () => {
  it('is served from a certificate, with cookies that no other host can set, and says that it stays', async () => {
    const server = await startServer({ env: { TLS_CERT_FILE: TLS.cert, TLS_KEY_FILE: TLS.key } });
    try {
      const speak = nodeFetch(readFileSync(TLS.cert, 'utf8'));
      expect(server.issuer).toMatch(/^https:\/\/localhost:\d+\/oauth2\/default$/);
      const browser = new Browser(server.origin, speak);
      const url = `${server.issuer}/authorize?${REQUEST}`;
      const started = await speak(url, { headers: { accept: 'text/html' } });
      const cookies = started.headers.getSetCookie();
      expect(cookies).toHaveLength(1);
      const page = await browser.open(url);
      expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=\d{7,}/);
      await signIn(browser, page, CLINICIAN);
      expect(browser.cookieNames().sort()).toEqual(['__Host-chartkey_browser', '__Host-chartkey_session']);
      for (const line of cookies) {
        expect(line).toMatch(/; ?Secure/i);
        expect(line).toMatch(/; ?HttpOnly/i);
        expect(line).toMatch(/; ?SameSite=Lax/i);
        expect(line).toMatch(/; ?Path=\/(;|$)/i);
        expect(line).not.toMatch(/Domain=/i); // RFC 6265bis §4.1.3.2
      }
      await expect(nodeFetch()(server.origin)).rejects.toThrow(/certificate/);
    } finally {
      await server.stop();
    }
  });

  it('may end at a proxy: cookies and addresses are those of PUBLIC_URL', async () => {
    const server = await startServer({ env: { PUBLIC_URL: 'https://id.clinic.example' } });
    try {
      const speak = nodeFetch();
      const address = `http://127.0.0.1:${server.config.port}/oauth2/default`;
      const ask = (path: string, host: string): Promise<Response> => speak(`${address}${path}`, { headers: { host, accept: 'text/html' } });
      const document = (await (await ask('/.well-known/openid-configuration', 'id.clinic.example')).json()) as Record<string, string>;
      expect(document['token_endpoint']).toBe('https://id.clinic.example/oauth2/default/token');
      const answer = await ask(`/authorize?${REQUEST}`, 'id.clinic.example');
      expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^__Host-chartkey_browser=.*; ?Secure/i)]);
      expect(answer.headers.get('strict-transport-security')).toMatch(/^max-age=/);
      expect((await ask('/jwk', `127.0.0.1:${server.config.port}`)).status).toBe(421);
    } finally {
      await server.stop();
    }
  });
});

describe('Forwarded headers', () => {
  it.each([
    ['count from a trusted proxy', { TRUSTED_PROXIES: '127.0.0.1' }, '203.0.113.9', 421],
    ['are ignored from anyone else', { TRUSTED_PROXIES: '192.0.2.1' }, '127.0.0.1', 200],
    ['are ignored without a proxy', {}, '127.0.0.1', 200],
  ])('%s', async (_, env: Record<string, string>, address, status) => {
    const server = await startServer({ env });
    try {
      const app = await publicClient(server);
      const browser = new Browser(server.origin);
      const page = await browser.open(app.authorizeUrl({ scope: 'openid' }));
      const { action, fields } = formOf(page);
      const wrong = { ...fields, username: CLINICIAN.username, password: 'wrong', user_role: 'users' };
      await browser.post(new URL(action, page.url).href, wrong, { 'x-forwarded-for': '203.0.113.9' });
      const rows = await server.database.query<Array<{ ip_string: string }>>('SELECT ip_string FROM ip_tracking');
      expect(rows).toEqual([{ ip_string: address }]);
      const forwarded = await nodeFetch()(`${server.issuer}/jwk`, { headers: { 'x-forwarded-host': 'evil.example' } });
      expect(forwarded.status).toBe(status);
    } finally {
      await server.stop();
    }
  });
});
