import { Browser } from '../../support/browser.js';
import { allow, approvedClient, callbackOf, decodeJwt, type OAuthClient, signIn } from '../../support/oauth-client.js';
import { ADMIN, CLINICIAN, GONE, TOTP_DOCTOR } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §3.1.2.3 to §3.1.2.6: Authentication, Consent and Response', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  it('§3.1.2.3 authenticates whoever is not signed in', async () => {
    expect((await new Browser(server.origin).open(client.authorizeUrl())).text).toContain('name="password"');
  });

  it('§3.1.2.3 does not go on after a wrong password, nor for somebody who has left', async () => {
    for (const person of [{ ...CLINICIAN, password: 'wrong' }, GONE]) {
      const browser = new Browser(server.origin);
      const page = await signIn(browser, await browser.open(client.authorizeUrl()), person);
      expect([page.status, page.location, page.text.includes('name="password"')]).toEqual([200, null, true]);
      expect((await browser.open(client.authorizeUrl())).text).toContain('name="password"');
    }
  });

  it('§3.1.2.3 asks for the second factor of whoever has one, before anything else', async () => {
    const browser = new Browser(server.origin);
    const page = await signIn(browser, await browser.open(client.authorizeUrl()), TOTP_DOCTOR);
    expect(page.location).toBeNull();
    expect(page.text).not.toContain('name="decision"');
    expect(callbackOf(await browser.open(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('login_required');
  });

  it('§3.1.2.3 is protected against forged sign-ins', async () => {
    const browser = new Browser(server.origin);
    const page = await browser.open(client.authorizeUrl());
    const answer = await browser.submit(page, { ...CLINICIAN, user_role: 'users', csrf_token: 'forged' });
    expect([answer.status, answer.location]).toEqual([403, null]);
  });

  it('§3.1.2.3 starts a new session at sign-in: what was in the browser before is no key to it', async () => {
    const visitor = new Visitor(server);
    await visitor.code(client);
    const before = visitor.browser.cookieNames().map((name) => visitor.browser.cookie(name));
    const page = await visitor.browser.open(client.authorizeUrl({ prompt: 'login' }));
    await signIn(visitor.browser, page, CLINICIAN);
    const stolen = new Browser(server.origin);
    visitor.browser.cookieNames().forEach((name, index) => stolen.setCookie(name, before[index] ?? ''));
    expect((await stolen.open(client.authorizeUrl())).text).toContain('name="password"');
  });

  it('§3.1.2.4 obtains consent before it tells anything, naming the app and each thing it asks for', async () => {
    const page = await new Visitor(server).arrive(client, { scope: 'openid profile email offline_access user/Patient.read' });
    expect(page.location).toBeNull();
    expect(page.text).toContain('Example app');
    for (const scope of ['profile', 'email', 'offline_access', 'user/Patient.read']) expect(page.text).toContain(scope);
  });

  it('§3.1.2.4 does not let one person decide for another', async () => {
    const visitor = new Visitor(server);
    const page = await visitor.arrive(client);
    const second = await visitor.browser.open(client.authorizeUrl({ prompt: 'login' })); // in a second tab
    expect((await signIn(visitor.browser, second, ADMIN)).text).toContain('Ada');
    const answer = await allow(visitor.browser, page);
    const code = answer.location === null ? null : callbackOf(answer).get('code');
    const { body } = await client.exchange(code);
    const subject = code === null ? null : decodeJwt(String(body['id_token'])).claims['sub'];
    expect([null, ADMIN.subject]).toContain(subject); // never the one who is no longer here
  });

  it('§3.1.2.5 answers with code and state', async () => {
    const answer = await new Visitor(server).answer(client);
    expect([answer.has('code'), answer.get('state'), answer.has('error')]).toEqual([true, 'the state', false]);
  });

  it('§3.1.2.6 tells login_required, consent_required and access_denied apart', async () => {
    const visitor = new Visitor(server);
    const silently = async (): Promise<string | null> =>
      callbackOf(await visitor.browser.open(client.authorizeUrl({ prompt: 'none' }))).get('error');
    expect(await silently()).toBe('login_required');
    const page = await visitor.arrive(client);
    expect(await silently()).toBe('consent_required');
    expect(callbackOf(await visitor.browser.submit(page, { decision: 'deny' })).get('error')).toBe('access_denied');
  });
});
