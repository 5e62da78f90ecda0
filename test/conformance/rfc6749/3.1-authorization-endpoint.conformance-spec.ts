import { loadConfig } from '../../../src/platform/config/load-config.js';
import { Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, getJson, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 6749 §3.1 Authorization Endpoint', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const open = (more: Record<string, string | readonly string[] | undefined>) => new Browser(server.origin).get(client.authorizeUrl(more));

  it('answers GET with a page that asks who is there', async () => {
    const page = await new Browser(server.origin).open(client.authorizeUrl());
    expect([page.status, page.text.includes('name="password"')]).toEqual([200, true]);
  });

  it('answers POST alike', async () => {
    const browser = new Browser(server.origin);
    const [, query = ''] = client.authorizeUrl().split('?');
    const page = await browser.follow(await browser.post(`${server.issuer}/authorize`, query));
    expect([page.status, page.text.includes('name="password"')]).toEqual([200, true]);
  });

  it('issues nothing before the person has proven who they are', async () => {
    const page = await new Browser(server.origin).open(client.authorizeUrl());
    expect(page.location).toBeNull();
    const [row] = await server.database.query<Array<{ n: unknown }>>('SELECT count(*) AS n FROM oauth2_authorization_code');
    expect(Number(row?.n)).toBe(0);
  });

  it('treats a parameter without a value as left out', async () => {
    const answer = callbackOf(await open({ state: '', prompt: 'none' }));
    expect([answer.get('error'), answer.has('state')]).toEqual(['login_required', false]);
    expect(callbackOf(await open({ response_type: '' })).get('error')).toBe('invalid_request');
  });

  it('ignores parameters that it does not know, repeated ones included', async () => {
    expect(callbackOf(await open({ prompt: 'none', unheard_of: ['a', 'b'] })).get('error')).toBe('login_required');
  });

  it.each(['response_type', 'scope', 'nonce', 'code_challenge', 'code_challenge_method', 'prompt', 'max_age', 'login_hint'])(
    'refuses %s when it is sent twice, and tells the client',
    async (name) => {
      const sent = new URL(client.authorizeUrl({ prompt: 'none', max_age: '60', login_hint: 'x' })).searchParams.get(name) ?? '';
      const answer = callbackOf(await open({ [name]: [sent, sent] }));
      expect([answer.get('error'), answer.get('state')]).toEqual(['invalid_request', 'the state']);
      expect(answer.get('error_description')).toContain(name);
    },
  );

  it('refuses state sent twice without repeating either', async () => {
    const answer = callbackOf(await open({ state: ['one', 'two'] }));
    expect([answer.get('error'), answer.has('state')]).toEqual(['invalid_request', false]);
  });

  it.each(['client_id', 'redirect_uri'])('shows a page, and redirects nowhere, when %s is sent twice', async (name) => {
    const sent = new URL(client.authorizeUrl()).searchParams.get(name) ?? '';
    const answer = await open({ [name]: [sent, sent] });
    expect([answer.status, answer.location]).toEqual([400, null]);
    expect(server.logs.refusals().at(-1)).toMatchObject({ error: 'invalid_request', description: `${name} was sent more than once` });
  });

  it('has an address without fragment', async () => {
    const { body } = await getJson(`${server.issuer}/.well-known/openid-configuration`);
    expect(body['authorization_endpoint']).toBe(`${server.issuer}/authorize`);
  });

  it.each(['http://ehr.example.org', 'http://10.0.0.7:3000'])('is not offered without TLS to other machines: %s', (publicUrl) => {
    expect(() => loadConfig({ PUBLIC_URL: publicUrl })).toThrow(/https/);
  });

  describe('§3.1.1 Response Type', () => {
    it('refuses a request without response_type', async () => {
      expect(callbackOf(await open({ response_type: undefined })).get('error')).toBe('invalid_request');
    });

    it.each(['token', 'id_token', 'code token', 'code id_token', 'none', 'CODE', 'nonsense'])('refuses response_type %s', async (type) => {
      const answer = callbackOf(await open({ response_type: type }));
      expect([answer.get('error'), answer.get('state')]).toEqual(['unsupported_response_type', 'the state']);
    });
  });
});
