import { type Answer, Browser, formOf } from '../support/browser.js';
import { allow, approvedClient, callbackOf, type OAuthClient, signIn } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

describe('What pages do when people do not go straight on', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const headingOf = (page: Answer): string => /<h1>([^<]*)<\/h1>/.exec(page.text)?.[1] ?? page.text;
  const attribute = (page: Answer, name: string): string => new RegExp(`${name}="([^"]*)"`).exec(page.text)?.[1] ?? '';

  describe('prompt=select_account', () => {
    it('lets whoever is signed in go on as who they are, without a password', async () => {
      const { browser } = await signedIn();
      const choice = await browser.open(client.authorizeUrl({ prompt: 'select_account' }));
      expect(headingOf(choice)).toBe('Choose an account');
      expect(choice.text).toMatch(/Continue as <bdi class="name">[^<]*Clara/);
      const consent = await browser.submit(choice, {});
      expect(headingOf(consent)).toBe('Allow access?');
      expect(callbackOf(await allow(browser, consent)).get('code')).not.toBeNull();
    });

    it('asks again for the next request, and takes no form that was made for somebody else', async () => {
      const { browser } = await signedIn();
      const choice = await browser.open(client.authorizeUrl({ prompt: 'select_account' }));
      const other = await signIn(browser, await browser.open(client.authorizeUrl({ prompt: 'login' })), ADMIN);
      expect(headingOf(other)).toBe('Allow access?');
      expect((await browser.submit(choice, {})).status).toBe(403);
    });

    it('leads to the sign-in page whoever wants to be somebody else, from the consent page too', async () => {
      const { browser } = await signedIn();
      const choice = await browser.open(client.authorizeUrl({ prompt: 'select_account' }));
      const signInPage = await browser.open(otherAccount(choice));
      const consent = await signIn(browser, signInPage, ADMIN);
      expect(headingOf(consent)).toBe('Allow access?');
      expect(consent.text).not.toContain('Clara');
      const back = await signIn(browser, await browser.open(otherAccount(consent)), CLINICIAN);
      expect(back.text).toContain('Clara');
    });

    it('asks for the password where the app wants it, however the address is written', async () => {
      const { browser } = await signedIn();
      const page = await browser.open(client.authorizeUrl({ prompt: 'login select_account' }));
      expect(headingOf(page)).toBe('Sign in');
      const refused = await browser.post(`${page.url}/continue`, { csrf_token: 'x' });
      expect(refused.status).toBe(403);
    });
  });

  describe('a page that has expired', () => {
    it('starts the same request again with one button, which may be pressed twice', async () => {
      const browser = new Browser(server.origin);
      const page = await browser.open(client.authorizeUrl({ state: 'kept' }));
      server.clock.advance(601);
      const expired = await browser.open(page.url);
      expect([expired.status, headingOf(expired)]).toEqual([400, 'This page has expired']);
      const late = await signIn(browser, page, CLINICIAN);
      expect(headingOf(late)).toBe('This page has expired');
      const { action, fields } = formOf(expired);
      const [first, second] = await Promise.all([browser.post(action, fields), browser.post(action, fields)]);
      expect(first.location).toBe(second.location);
      const again = await browser.follow(second);
      expect(headingOf(again)).toBe('Sign in');
      const answer = callbackOf(await allow(browser, await signIn(browser, again, CLINICIAN)));
      expect(answer.get('state')).toBe('kept');
      expect((await client.exchange(answer.get('code'))).status).toBe(200);
    });

    it('is nobody else’s to start again, and needs our own button', async () => {
      const browser = new Browser(server.origin);
      const page = await browser.open(client.authorizeUrl());
      server.clock.advance(601);
      const expired = await browser.open(page.url);
      const stranger = new Browser(server.origin);
      expect(headingOf(await stranger.open(page.url))).toBe('This request cannot be completed');
      const { action, fields } = formOf(expired);
      expect((await stranger.post(action, fields)).status).toBe(403);
      expect((await browser.post(action, {})).status).toBe(403);
    });
  });

  describe('more time', () => {
    it('is given when the page asks for it, and to no other page', async () => {
      const browser = new Browser(server.origin);
      const page = await browser.open(client.authorizeUrl());
      expect(attribute(page, 'data-idle')).toBe('600');
      const [href, csrf_token] = [attribute(page, 'data-idle-href'), attribute(page, 'data-idle-token')];
      server.clock.advance(500);
      expect((await browser.post(href, {}, { accept: 'application/json' })).status).toBe(403);
      const given = await browser.post(href, { csrf_token }, { accept: 'application/json' });
      expect(JSON.parse(given.text)).toEqual({ expires_in: 600 });
      server.clock.advance(500);
      expect(headingOf(await signIn(browser, page, CLINICIAN))).toBe('Allow access?');
      server.clock.advance(601);
      const refused = await browser.post(href, { csrf_token }, { accept: 'application/json' });
      expect([refused.status, JSON.parse(refused.text)]).toMatchObject([400, { error: 'invalid_request' }]);
    });
  });

  describe('consent', () => {
    it('marks what is new since the last time, and says until when access lasts', async () => {
      const visitor = new Visitor(server);
      await visitor.tokens(client, { scope: 'openid offline_access' });
      const page = await visitor.browser.open(client.authorizeUrl({ scope: 'openid offline_access email' }));
      expect(page.text).toContain('You have allowed this app access before.');
      expect(page.text.match(/class="badge"/g)).toHaveLength(1);
      const until = new Date(server.clock.now().getTime() + 7_776_000_000).toISOString().slice(0, 10);
      expect(page.text).toContain(`<time datetime="${until}`);
    });
  });

  function otherAccount(page: Answer): string {
    return /<a href="([^"]*other_account=1)"/.exec(page.text)?.[1] ?? '';
  }

  async function signedIn(): Promise<Visitor> {
    const visitor = new Visitor(server);
    await visitor.arrive(client);
    return visitor;
  }
});
