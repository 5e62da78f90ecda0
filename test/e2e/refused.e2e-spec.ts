import { Browser } from '../support/browser.js';
import {
  allow,
  approvedClient,
  CALLBACK,
  callbackOf,
  type OAuthClient,
  postForm,
  postJson,
  registerClient,
  signIn,
} from '../support/oauth-client.js';
import { CLINICIAN, GONE, PENDING_PATIENT } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('What is refused, and how', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  describe('at the sign-in page', () => {
    it.each([
      ['a wrong password', { ...CLINICIAN, password: 'wrong' }],
      ['an unknown person', { username: 'nobody', password: 'Clinic#Demo1' }],
      ['a disabled person', GONE],
      ['a name in the wrong case', { ...CLINICIAN, username: 'Clinician' }],
      ['a patient who has not finished activation', PENDING_PATIENT],
      ['a hostile name', { username: `' OR 1=1 -- <script>`, password: 'x' }],
    ])('answers %s with one and the same message', async (_, person) => {
      const browser = new Browser(server.origin);
      const app = await registerClient(server, { application_type: 'public', scope: 'openid api:fhir patient/Patient.read' });
      const page = await browser.open(app.authorizeUrl({ scope: 'openid' }));
      const answer = await signIn(browser, page, person);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('role="alert"');
      expect(answer.text).not.toContain("<script>'");
      expect(browser.cookieNames()).not.toContain('chartkey_session');
    });

    it('refuses a form without the token of its page', async () => {
      const browser = new Browser(server.origin);
      const page = await browser.open(client.authorizeUrl());
      const answer = await browser.submit(page, { csrf_token: 'x', username: CLINICIAN.username, password: CLINICIAN.password });
      expect(answer.status).toBe(403);
      expect(browser.cookieNames()).not.toContain('chartkey_session');
    });

    it('does not show the pages of one browser to another', async () => {
      const page = await new Browser(server.origin).open(client.authorizeUrl());
      const stranger = await new Browser(server.origin).open(page.url);
      expect(stranger.status).toBeGreaterThanOrEqual(400);
      expect(stranger.text).not.toContain('name="password"');
    });

    it('returns access_denied with state when the person cancels', async () => {
      const browser = new Browser(server.origin);
      const answer = await browser.submit(await browser.open(client.authorizeUrl()), { cancel: '1' });
      expect(Object.fromEntries(callbackOf(answer))).toMatchObject({ error: 'access_denied', state: 'the state', iss: server.issuer });
    });

    it('returns access_denied with state when the person does not allow', async () => {
      const browser = new Browser(server.origin);
      const consent = await signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN);
      expect(Object.fromEntries(callbackOf(await browser.submit(consent, { decision: 'deny' })))).toMatchObject({
        error: 'access_denied',
        state: 'the state',
      });
    });

    it('answers a request once: the back button yields no second code', async () => {
      const browser = new Browser(server.origin);
      const consent = await signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN);
      callbackOf(await allow(browser, consent));
      const again = await allow(browser, consent);
      expect(again.location).toBeNull();
      expect(again.text).not.toContain('code=');
    });
  });

  describe('at authorize', () => {
    it.each([
      ['an unknown client', { client_id: 'nobody' }],
      ['an unregistered redirect_uri', { redirect_uri: 'https://evil.example/' }],
      ['a redirect_uri that differs in a letter', { redirect_uri: `${CALLBACK}/` }],
      ['two redirect_uris', { redirect_uri: [CALLBACK, CALLBACK] }],
    ])('shows %s on a page and redirects nowhere', async (_, more) => {
      const answer = await new Browser(server.origin).get(client.authorizeUrl(more));
      expect(answer.location).toBeNull();
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      const reference = answer.headers.get('x-request-id') ?? 'none';
      expect(answer.text).toContain(reference);
      expect(server.logs.text()).toContain(reference);
    });

    it.each([
      ['invalid_scope', { scope: 'openid nonsense' }],
      ['unsupported_response_type', { response_type: 'token' }],
      ['invalid_request', { code_challenge_method: 'plain' }],
      ['invalid_request', { response_mode: undefined, prompt: 'none login' }],
      ['login_required', { prompt: 'none' }],
      ['request_not_supported', { request: 'eyJ' }],
    ])('tells the client %s', async (error, more) => {
      const answer = await new Browser(server.origin).get(client.authorizeUrl(more));
      expect(Object.fromEntries(callbackOf(answer))).toMatchObject({ error, state: 'the state', iss: server.issuer });
    });

    it('demands PKCE of a public client', async () => {
      const app = await registerClient(server, { application_type: 'public', scope: 'openid api:fhir' });
      const answer = await new Browser(server.origin).get(
        app.authorizeUrl({ scope: 'openid', code_challenge: undefined, code_challenge_method: undefined }),
      );
      expect(callbackOf(answer).get('error')).toBe('invalid_request');
    });

    it('says in words that a client waits for approval, here and at the token endpoint', async () => {
      const waiting = await registerClient(server);
      const page = await new Browser(server.origin).get(waiting.authorizeUrl());
      expect(page.text).toMatch(/approv/i);
      expect(page.location).toBeNull();
      const answer = await waiting.exchange('x');
      expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
      expect(answer.body.error_description).toMatch(/approv/i);
    });
  });

  describe('at the token endpoint', () => {
    it('says that a code has expired', async () => {
      const code = (await client.authorize()).get('code');
      server.clock.advance(61);
      const answer = await client.exchange(code);
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      expect(answer.body.error_description).toMatch(/expired/);
    });

    it.each([
      ['a wrong verifier', { code_verifier: 'a'.repeat(43) }, 'invalid_grant', 400],
      ['another redirect_uri', { redirect_uri: 'https://app.example/other' }, 'invalid_grant', 400],
      ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client', 401],
      ['no secret', { client_secret: undefined }, 'invalid_client', 401],
      ['an unknown client', { client_id: 'nobody', client_secret: 'x' }, 'invalid_client', 401],
      ['an unknown grant type', { grant_type: 'urn:nonsense' }, 'unsupported_grant_type', 400],
      ['no grant type', { grant_type: undefined }, 'invalid_request', 400],
      ['a repeated code', { code: ['a', 'b'] }, 'invalid_request', 400],
    ])('refuses %s', async (_, more, error, status) => {
      const code = (await client.authorize()).get('code');
      const answer = await client.exchange(code, more);
      expect(answer).toMatchObject({ status, body: { error } });
      expect(answer.headers.get('cache-control')).toContain('no-store');
    });

    it('refuses the code of another client', async () => {
      const other = await approvedClient(server);
      const code = (await client.authorize()).get('code');
      Object.assign(other, { verifier: client.verifier });
      expect((await other.exchange(code)).body.error).toBe('invalid_grant');
      expect((await client.exchange(code)).status).toBe(200); // a stranger's guess does not burn it
    });

    it('asks for Basic again when Basic failed', async () => {
      const answer = await client.exchange(
        'x',
        { client_id: undefined, client_secret: undefined },
        { authorization: `Basic ${Buffer.from('nobody:x').toString('base64')}` },
      );
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Basic/);
    });

    it('narrows a scope and never widens it', async () => {
      const tokens = await client.tokens();
      const narrow = await client.refresh(tokens.refresh_token, { scope: 'openid' });
      expect(narrow).toMatchObject({ status: 200, body: { scope: 'openid' } });
      const wide = await client.refresh(narrow.body['refresh_token'] as string, { scope: 'openid api:fhir' });
      expect(wide).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
    });
  });

  describe('as broken input', () => {
    const endpoints = ['token', 'introspect', 'revoke', 'registration', 'userinfo', 'authorize', 'logout'];
    const bodies: Array<[string, string, Uint8Array<ArrayBuffer> | string]> = [
      ['NUL', 'application/x-www-form-urlencoded', 'client_id=a%00b&token=x&grant_type=authorization_code'],
      ['bytes that are not UTF-8', 'application/x-www-form-urlencoded', new Uint8Array([0x61, 0x3d, 0xff, 0xfe])],
      ['escapes that are not UTF-8', 'application/x-www-form-urlencoded', 'client_id=%ff%fe'],
      ['a broken escape', 'application/x-www-form-urlencoded', 'client_id=%zz'],
      ['repeated parameters', 'application/x-www-form-urlencoded', 'client_id=a&client_id=b&token=c&token=d&grant_type=x&grant_type=y'],
      ['prototype names', 'application/x-www-form-urlencoded', '__proto__=a&constructor=b&toString=c'],
      ['a hundred kilobytes', 'application/x-www-form-urlencoded', `client_id=${'a'.repeat(100_000)}`],
      ['broken JSON', 'application/json', '{"client_name":'],
      ['JSON of another kind', 'application/json', '[1,2,3]'],
      ['deep JSON', 'application/json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
      ['JSON numbers for texts', 'application/json', '{"redirect_uris":[1,null,{}],"client_name":{"a":1},"scope":7}'],
      ['plain text', 'text/plain', 'hello'],
      ['XML', 'application/xml', '<a/>'],
      ['nothing', 'application/x-www-form-urlencoded', ''],
      ['no content type', '', 'x=y'],
    ];

    it.each(endpoints.flatMap((endpoint) => bodies.map(([name, type, body]) => [endpoint, name, type, body] as const)))(
      '%s answers %s with a 4xx of its own shape',
      async (endpoint, _name, type, body) => {
        const before = await counts(server);
        const response = await fetch(`${server.issuer}/${endpoint}`, {
          method: 'POST',
          redirect: 'manual',
          body,
          headers: type ? { 'content-type': type } : {},
        });
        const acceptable =
          endpoint === 'logout' || endpoint === 'revoke' || endpoint === 'introspect'
            ? response.status < 500
            : response.status >= 400 && response.status < 500;
        expect([response.status, acceptable]).toEqual([response.status, true]);
        const text = await response.text();
        if (response.status >= 400 && response.headers.get('content-type')?.startsWith('application/json'))
          expect(JSON.parse(text)).toHaveProperty('error');
        expect(await counts(server)).toEqual(before);
      },
    );

    it('answers an unknown host with 421 and a known one as ever', async () => {
      const { request } = await import('node:http');
      const status = await new Promise((resolve) => {
        request({ host: '127.0.0.1', port: server.config.port, path: '/oauth2/default/jwk', headers: { host: 'evil.example' } }, (answer) =>
          resolve(answer.statusCode),
        ).end();
      });
      expect(status).toBe(421);
    });

    it('has no other site', async () => {
      expect((await fetch(`${server.origin}/oauth2/other/jwk`)).status).toBe(404);
    });

    it('refuses metadata that is not what it should be, and writes nothing', async () => {
      const before = await counts(server);
      const base = { client_name: 'x', redirect_uris: [CALLBACK], application_type: 'private', scope: 'openid' };
      const bad = [
        { redirect_uris: ['javascript:alert(1)'] },
        { redirect_uris: ['https://a.example/#f'] },
        { redirect_uris: ['https://a.example/|x'] },
        { redirect_uris: ['http://a.example/'] },
        { redirect_uris: [] },
        { redirect_uris: 'https://a.example' },
        { client_name: 'a\0b' },
        { client_name: 'x'.repeat(81) },
        { scope: 'openid nonsense' },
        { scope: 7 },
        { grant_types: ['urn:nonsense'] },
        { token_endpoint_auth_method: 'nonsense' },
        { jwks: 'text' },
        { contacts: 'text' },
      ];
      for (const metadata of bad) {
        const answer = await postJson(`${server.issuer}/registration`, { ...base, ...metadata });
        expect([metadata, answer.status]).toEqual([metadata, 400]);
        expect(['invalid_client_metadata', 'invalid_redirect_uri', 'invalid_scope']).toContain(answer.body.error);
      }
      expect(await counts(server)).toEqual(before);
    });

    it('introspects as the table of the community says', async () => {
      const tokens = await client.tokens();
      const other = await approvedClient(server);
      expect((await other.introspect(tokens.access_token)).body).toEqual({ active: false, status: 'invalid' });
      expect((await client.introspect(tokens.access_token, { client_secret: 'wrong' })).body).toEqual({ active: false, status: 'invalid' });
      expect((await client.introspect('nonsense')).body).toEqual({ active: false, status: 'invalid' });
      const forged = `${tokens.access_token.slice(0, -6)}AAAAAA`;
      expect((await client.introspect(forged)).status).toBe(400);
      expect((await postForm(`${server.issuer}/introspect`, { token: tokens.access_token }, client.basic)).body['active']).toBe(true);
      server.clock.advance(3601);
      expect((await client.introspect(tokens.access_token)).body).toMatchObject({
        active: false,
        status: 'expired',
        client_id: client.clientId,
      });
    });
  });
});

async function counts(server: TestServer): Promise<Record<string, number>> {
  const tables = [
    'oauth_clients',
    'api_token',
    'api_refresh_token',
    'oauth_trusted_user',
    'oauth2_grant',
    'oauth2_authorization_code',
    'oauth2_session',
  ];
  const entries = await Promise.all(
    tables.map(async (table) => {
      const [row] = await server.database.query<Array<{ n: unknown }>>(`SELECT count(*) AS n FROM ${table}`);
      return [table, Number(row?.n)] as const;
    }),
  );
  return Object.fromEntries(entries);
}
