import { type Answer, Browser } from '../../support/browser.js';
import { approvedClient, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 9700 §4.16 Clickjacking, §2.6 Other Recommendations', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const pages: ReadonlyArray<[string, () => Promise<Answer>]> = [
    ['sign-in page', () => new Browser(server.origin).open(client.authorizeUrl())],
    ['consent page', () => new Visitor(server).arrive(client)],
    ['page of a posted answer', () => new Visitor(server).visit(client, { response_mode: 'form_post' })],
    ['error page', () => new Browser(server.origin).get(client.authorizeUrl({ client_id: 'nobody' }))],
    ['logout page', () => new Browser(server.origin).open(`${server.issuer}/logout`)],
  ];

  it.each(pages)('§4.16 lets nobody frame the %s', async (_, open) => {
    const { headers } = await open();
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it.each(pages)('§4.16 lets no script run on the %s but its own files', async (_, open) => {
    const { headers, text } = await open();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval/);
    expect(text).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>/i);
    expect(text).not.toMatch(/\son[a-z]+="/i);
  });

  it.each(pages)('§4.2.4 gives the address of the %s to no other site, and lets nobody keep it', async (_, open) => {
    const { headers } = await open();
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('§2.6 has no CORS at the authorization endpoint', async () => {
    const [, query = ''] = client.authorizeUrl().split('?');
    const headers = { origin: 'https://app.example' };
    const answers = [
      await fetch(`${server.issuer}/authorize?${query}`, { headers, redirect: 'manual' }),
      await fetch(`${server.issuer}/authorize`, { method: 'OPTIONS', headers: { ...headers, 'access-control-request-method': 'GET' } }),
    ];
    for (const answer of answers) expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('§2.6 lets scripts of a registered client read the token endpoint, without cookies, and no others', async () => {
    const preflight = async (origin: string): Promise<Headers> =>
      (await fetch(`${server.issuer}/token`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })).headers;
    const own = await preflight('https://app.example');
    expect(own.get('access-control-allow-origin')).toBe('https://app.example');
    expect(own.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example')).get('access-control-allow-origin')).toBeNull();
  });

  it('keeps cookies from scripts and from requests of other sites', async () => {
    const page = await new Browser(server.origin).get(client.authorizeUrl());
    const cookies = page.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/(?=.*HttpOnly)(?=.*SameSite=(Lax|Strict))(?=.*Path=\/)/i);
  });
});
