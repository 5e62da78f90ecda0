import { type Answer, Browser } from '../../support/browser.js';
import { allow, approvedClient, callbackOf, decodeJwt, type OAuthClient, signIn } from '../../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

type Fields = Record<string, string | undefined>;

describe('OIDC Core §3.1.2.1 Authentication Request', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const isSignInPage = (page: Answer): boolean => page.text.includes('name="password"');
  const isConsentPage = (page: Answer): boolean => page.text.includes('name="decision"');
  const signedIn = async (): Promise<Visitor> => {
    const visitor = new Visitor(server);
    await visitor.code(client);
    return visitor;
  };
  /** Allows what is asked for, and asks not to be asked again. */
  const remember = async (visitor: Visitor, of: OAuthClient, more: Fields = {}): Promise<void> => {
    const answer = await allow(visitor.browser, await visitor.arrive(of, more), { remember: '1' });
    await of.exchange(callbackOf(answer).get('code'));
  };
  const open = (browser: Browser, more: Fields): Promise<Answer> => browser.open(client.authorizeUrl(more));

  it('without the scope openid is plain OAuth: no ID token', async () => {
    expect(await new Visitor(server).tokens(client, { scope: 'api:oemr' })).not.toHaveProperty('id_token');
  });

  it('is taken by GET and by POST', async () => {
    const visitor = await signedIn();
    const [, query = ''] = client.authorizeUrl().split('?');
    expect(isConsentPage(await visitor.browser.open(`${server.issuer}/authorize?${query}`))).toBe(true);
    expect(isConsentPage(await visitor.browser.follow(await visitor.browser.post(`${server.issuer}/authorize`, query)))).toBe(true);
  });

  it('ignores display, acr_values, claims_locales and words it does not know', async () => {
    const page = await open(new Browser(server.origin), { display: 'touch', acr_values: '9', claims_locales: 'de', unheard_of: '1' });
    expect(isSignInPage(page)).toBe(true);
  });

  it('never fails for a language that it does not speak', async () => {
    for (const locales of ['tlh de-CH', 'not a tag!', '*']) {
      expect(isSignInPage(await open(new Browser(server.origin), { ui_locales: locales }))).toBe(true);
    }
  });

  it('login_hint fills in the name, and nothing more', async () => {
    const page = await open(new Browser(server.origin), { login_hint: 'clinician' });
    expect(page.text).toMatch(/<input[^>]*name="username"[^>]*value="clinician"|<input[^>]*value="clinician"[^>]*name="username"/);
    expect(isSignInPage(page)).toBe(true);
  });

  describe('prompt', () => {
    it('none shows no page: login_required to whoever is not signed in', async () => {
      const answer = callbackOf(await open(new Browser(server.origin), { prompt: 'none' }));
      expect([answer.get('error'), answer.get('state')]).toEqual(['login_required', 'the state']);
    });

    it('none shows no page: consent_required to whoever is, and has not allowed it for good', async () => {
      const { browser } = await signedIn();
      expect(callbackOf(await open(browser, { prompt: 'none' })).get('error')).toBe('consent_required');
    });

    it('none gives a code when the person allowed it and asked us to remember', async () => {
      const visitor = new Visitor(server);
      const remembering = await approvedClient(server);
      await remember(visitor, remembering);
      const answer = callbackOf(await visitor.browser.open(remembering.authorizeUrl({ prompt: 'none' })));
      expect([answer.has('code'), answer.get('state')]).toEqual([true, 'the state']);
    });

    it('none asks again for what was not allowed before', async () => {
      const visitor = new Visitor(server);
      const remembering = await approvedClient(server);
      await remember(visitor, remembering, { scope: 'openid' });
      const answer = callbackOf(await visitor.browser.open(remembering.authorizeUrl({ prompt: 'none', scope: 'openid email' })));
      expect(answer.get('error')).toBe('consent_required');
    });

    it.each(['none login', 'none consent', 'consent none'])('%s is refused: none stands alone', async (prompt) => {
      expect(callbackOf(await open(new Browser(server.origin), { prompt })).get('error')).toBe('invalid_request');
    });

    it('login asks for the password though somebody is signed in, and the new sign-in counts', async () => {
      const { browser } = await signedIn();
      server.clock.advance(60);
      const page = await open(browser, { prompt: 'login' });
      expect(isSignInPage(page)).toBe(true);
      const answer = callbackOf(await allow(browser, await signIn(browser, page, CLINICIAN)));
      const { claims } = decodeJwt(String((await client.exchange(answer.get('code'))).body['id_token']));
      expect(Math.abs(Number(claims['auth_time']) - server.clock.now().getTime() / 1000)).toBeLessThan(30);
    });

    it('login is not met by going on without the password', async () => {
      const { browser } = await signedIn();
      const page = await open(browser, { prompt: 'login' });
      expect(isSignInPage(await browser.open(page.url))).toBe(true);
    });

    it('consent asks again though it was allowed for good', async () => {
      const visitor = new Visitor(server);
      const remembering = await approvedClient(server);
      await remember(visitor, remembering);
      expect((await visitor.browser.open(remembering.authorizeUrl())).location).toContain('code=');
      expect(isConsentPage(await visitor.browser.open(remembering.authorizeUrl({ prompt: 'consent' })))).toBe(true);
    });

    it('select_account lets another person sign in', async () => {
      const { browser } = await signedIn();
      const choice = await open(browser, { prompt: 'select_account' });
      const page = await browser.open(/<a href="([^"]*other_account=1)"/.exec(choice.text)?.[1] ?? '');
      expect(isSignInPage(page)).toBe(true);
      const answer = callbackOf(await allow(browser, await signIn(browser, page, ADMIN)));
      const { claims } = decodeJwt(String((await client.exchange(answer.get('code'))).body['id_token']));
      expect(claims['sub']).toBe(ADMIN.subject);
    });
  });

  describe('max_age', () => {
    it('asks for the password when the sign-in is older', async () => {
      const { browser } = await signedIn();
      server.clock.advance(120);
      expect(isSignInPage(await open(browser, { max_age: '60' }))).toBe(true);
      expect(isConsentPage(await open(browser, { max_age: '3000' }))).toBe(true);
    });

    it('with prompt=none is login_required when the sign-in is older', async () => {
      const { browser } = await signedIn();
      server.clock.advance(120);
      expect(callbackOf(await open(browser, { max_age: '60', prompt: 'none' })).get('error')).toBe('login_required');
    });

    it('is met by the sign-in that it led to', async () => {
      const { browser } = await signedIn();
      server.clock.advance(5);
      const page = await open(browser, { max_age: '1' });
      expect(isConsentPage(await signIn(browser, page, CLINICIAN))).toBe(true);
    });

    it.each(['-1', 'soon', '1.5', '1e3'])('%s is refused', async (maxAge) => {
      expect(callbackOf(await open(new Browser(server.origin), { max_age: maxAge })).get('error')).toBe('invalid_request');
    });
  });
});
