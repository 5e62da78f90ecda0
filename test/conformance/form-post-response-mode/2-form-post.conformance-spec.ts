import { Browser, formOf } from '../../support/browser.js';
import { approvedClient, CALLBACK, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const HOSTILE = `"'<script src=//evil.example &amp;é`;

describe('OAuth 2.0 Form Post Response Mode §2', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const posted = (more: Record<string, string> = {}) => visitor.visit(client, { response_mode: 'form_post', ...more });

  it('brings the answer in a form which is posted to redirect_uri', async () => {
    const page = await posted();
    expect([page.status, page.location]).toEqual([200, null]);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page.text).toMatch(/<form[^>]*method="post"/i);
    expect(formOf(page)).toEqual({ action: CALLBACK, fields: { code: [expect.any(String)], state: ['the state'], iss: [server.issuer] } });
  });

  it('holds a code that is good', async () => {
    const [code = null] = formOf(await posted()).fields['code'] ?? [];
    expect((await client.exchange(code)).status).toBe(200);
  });

  it('puts nothing of it into an address', async () => {
    const page = await posted();
    const [code = 'none'] = formOf(page).fields['code'] ?? [];
    expect(page.url).not.toContain(code);
  });

  it('§4 escapes what it repeats', async () => {
    const page = await posted({ state: HOSTILE });
    expect(page.text).not.toContain('<script src=//evil');
    expect(formOf(page).fields['state']).toEqual([HOSTILE]);
  });

  it('brings errors the same way', async () => {
    const page = await new Browser(server.origin).get(client.authorizeUrl({ response_mode: 'form_post', prompt: 'none', state: HOSTILE }));
    expect([page.status, page.location]).toEqual([200, null]);
    expect(formOf(page)).toMatchObject({ action: CALLBACK, fields: { error: ['login_required'], state: [HOSTILE], iss: [server.issuer] } });
  });

  it('brings the refusal of the person the same way', async () => {
    const page = await visitor.arrive(client, { response_mode: 'form_post' });
    const answer = await visitor.browser.submit(page, { decision: 'deny' });
    expect(formOf(answer)).toMatchObject({ action: CALLBACK, fields: { error: ['access_denied'], state: ['the state'] } });
  });

  it('may be posted by the browser: the page allows its form to go to the client, and nowhere else', async () => {
    const policy = (await posted()).headers.get('content-security-policy') ?? '';
    expect(/form-action ([^;]*)/.exec(policy)?.[1]?.split(' ')).toEqual(expect.arrayContaining([new URL(CALLBACK).origin]));
    expect(policy).not.toMatch(/form-action [^;]*\*/);
  });

  it('is kept by no cache', async () => {
    const page = await posted();
    expect([page.headers.get('cache-control'), page.headers.get('pragma')]).toEqual([expect.stringContaining('no-store'), 'no-cache']);
  });

  it('works without JavaScript: the form has a button', async () => {
    expect((await posted()).text).toMatch(/<button[^>]*type="submit"/);
  });

  it('is not what happens without response_mode: the query is', async () => {
    expect((await visitor.visit(client)).location?.startsWith(`${CALLBACK}?`)).toBe(true);
    expect((await visitor.visit(client, { response_mode: 'query' })).location?.startsWith(`${CALLBACK}?`)).toBe(true);
  });

  it('§2 knows no other mode', async () => {
    for (const mode of ['fragment', 'web_message', 'FORM_POST']) {
      const { location } = await new Browser(server.origin).get(client.authorizeUrl({ response_mode: mode }));
      expect(location).toContain('error=invalid_request');
    }
  });
});
