import { Browser } from '../support/browser.js';
import { allow, approvedClient, CALLBACK, callbackOf, type OAuthClient, registerClient, signIn } from '../support/oauth-client.js';
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
});
