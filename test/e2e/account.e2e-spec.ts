import { type Answer, Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient, signIn, type SignInFields } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { TOTP } from 'otpauth';

/** What a page says, without its markup. */
const textOf = ({ text }: Answer): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1';

describe('The account of a person', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    await setGlobal(server, 'gbl_auth_bcrypt_hash_cost', '4'); // cheap hashes
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());

  const browserOf = (userAgent: string): Browser =>
    new Browser(server.origin, (url, sent) => fetch(url, { ...sent, headers: { ...sent.headers, 'user-agent': userAgent } }));
  const open = (browser: Browser, path: string): Promise<Answer> => browser.open(`${server.origin}${path}`);
  const enter = async (
    path: string,
    person: SignInFields = CLINICIAN,
    userAgent = FIREFOX,
  ): Promise<{ browser: Browser; page: Answer }> => {
    const browser = browserOf(userAgent);
    const page = await open(browser, path);
    return { browser, page: await signIn(browser, page, person) };
  };
  const isAt = (page: Answer, path: string): boolean => page.status === 200 && new URL(page.url).pathname === path;
  const run = <Rows = unknown>(sql: string, values: unknown[] = []): Promise<Rows> => server.database.query<Rows>(sql, values);

  describe('is reached', () => {
    it.each([
      ['/account', CLINICIAN],
      ['/account/apps', CLINICIAN],
      ['/account/history', PATIENT],
    ] as const)('at %s by way of signing in, and shows that page then', async (path, person) => {
      const browser = browserOf(FIREFOX);
      const page = await open(browser, path);
      expect(textOf(page)).toContain('Your account at');
      const answer = await signIn(browser, page, person);
      expect(isAt(answer, path)).toBe(true);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(isAt(await open(browser, path), path)).toBe(true); // and again, without being asked
    });

    it('by way of the second factor, for whoever has one', async () => {
      const { browser, page } = await enter('/account/sessions', TOTP_DOCTOR);
      const code = new TOTP({ secret: TOTP_DOCTOR.totpSecret }).generate({ timestamp: server.clock.now().getTime() });
      expect(isAt(await browser.submit(page, { mfa_token: code }), '/account/sessions')).toBe(true);
    });

    it('and is left at the start page by who turns back', async () => {
      const { browser, page } = await enter('/account', TOTP_DOCTOR);
      expect(isAt(await browser.submit(page, { cancel: '1' }), '/')).toBe(true);
    });

    it('after a second tab was quicker, without a word about it', async () => {
      const browser = browserOf(FIREFOX);
      const page = await open(browser, '/account');
      await signIn(browser, page, CLINICIAN);
      expect(isAt(await signIn(browser, page, CLINICIAN), '/account')).toBe(true);
      expect(isAt(await open(browser, page.url.slice(server.origin.length)), '/account')).toBe(true);
    });

    it.each(['//evil.example/account', 'https://evil.example', '/\\evil.example', ''])('and leads nowhere else: %s', async (path) => {
      const query = new URLSearchParams({ return_to: path });
      const answer = await browserOf(FIREFOX).get(`${server.issuer}/sign-in?${query.toString()}`);
      expect(answer).toMatchObject({ status: 400, location: null });
    });

    it('with a proof of today only where it matters', async () => {
      const { browser } = await enter('/account');
      expect(isAt(await open(browser, '/account/password'), '/account/password')).toBe(true);
      server.clock.advance(16 * 60);
      expect(isAt(await open(browser, '/account/apps'), '/account/apps')).toBe(true);
      const asked = await open(browser, '/account/password');
      expect(asked.text).toContain('name="username"');
      expect(isAt(await signIn(browser, asked, CLINICIAN), '/account/password')).toBe(true);
    });

    it('by nobody whose account was switched off meanwhile', async () => {
      const { browser } = await enter('/account');
      await run('UPDATE users SET active = 0 WHERE id = 2');
      expect((await open(browser, '/account')).text).toContain('name="password"');
      await run('UPDATE users SET active = 1 WHERE id = 2');
    });
  });

  describe('shows apps with access', () => {
    it('and cuts one off at once, here and on the other replica', async () => {
      const { browser } = await enter('/account');
      const tokens = await client.tokens({}, CLINICIAN);
      const other = await approvedClient(server, { client_name: 'Other app' });
      const kept = await other.tokens({}, CLINICIAN);
      const replica = await server.replica();
      const list = await open(browser, '/account/apps');
      expect(textOf(list)).toMatch(/Example app .*Allowed since .*Last renewed .*Access ends .*Know that it is you/);
      const question = await open(browser, `/account/apps/${client.clientId}`);
      expect(textOf(question)).toContain('Take access away from Example app?');
      const done = await browser.submit(question, {});
      expect(textOf(done)).toContain('Access was taken away.');
      expect(textOf(done)).not.toContain('Example app');
      expect(textOf(done)).toContain('Other app');
      for (const { issuer, origin } of [server, replica]) {
        const there = Object.assign(Object.create(Object.getPrototypeOf(client) as object), client, {
          server: { issuer, origin },
        }) as OAuthClient;
        expect((await there.introspect(tokens.access_token)).body['active']).toBe(false);
        expect(await there.refresh(tokens.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      }
      expect((await other.introspect(kept.access_token)).body['active']).toBe(true);
      const trusted = 'SELECT client_id FROM oauth_trusted_user WHERE user_id = ? AND client_id IN (?, ?)';
      expect(await run(trusted, [CLINICIAN.subject, client.clientId, other.clientId])).toEqual([{ client_id: other.clientId }]);
      const [line] = await run<[{ comments: string }]>("SELECT comments FROM log WHERE event = 'oauth2' ORDER BY id DESC LIMIT 1");
      expect(Buffer.from(line.comments, 'base64').toString()).toMatch(/^OAuth2 revocation success: .*taken away by the person$/);
    });

    it('and cuts all off, those of the EHR’s own server too', async () => {
      const { browser } = await enter('/account');
      const tokens = await client.tokens({}, CLINICIAN);
      await run(
        "INSERT INTO oauth_trusted_user (user_id, client_id, scope, session_cache, time) VALUES (?, 'php-client', 'openid', '{}', '2026-01-01 00:00:00')",
        [CLINICIAN.subject],
      );
      expect(textOf(await open(browser, '/account/apps'))).toContain('php-client');
      const done = await browser.submit(await open(browser, '/account/all-apps'), {});
      expect(textOf(done)).toContain('No app has access for you.');
      expect((await client.introspect(tokens.access_token)).body['active']).toBe(false);
      expect(await run('SELECT id FROM oauth_trusted_user WHERE user_id = ?', [CLINICIAN.subject])).toEqual([]);
    });

    it('and takes the form of nobody else', async () => {
      const { browser } = await enter('/account');
      await client.tokens({}, CLINICIAN);
      const question = await open(browser, `/account/apps/${client.clientId}`);
      expect(await browser.submit(question, { csrf_token: 'x' })).toMatchObject({ status: 403 });
      const ofAnother = await enter('/account', PATIENT);
      expect(await ofAnother.browser.post(question.url, {})).toMatchObject({ status: 403 });
      expect(isAt(await open(ofAnother.browser, `/account/apps/${client.clientId}`), '/account/apps')).toBe(true);
      expect(textOf(await open(browser, '/account/apps'))).toContain('Example app');
    });
  });

  describe('shows where somebody is signed in', () => {
    it('and signs out one of them, with what was allowed there', async () => {
      const here = await enter('/account/sessions');
      const phone = browserOf(IPHONE);
      const tokens = await client.tokens({}, CLINICIAN, phone);
      const list = await open(here.browser, '/account/sessions');
      expect(textOf(list)).toMatch(/Firefox on Windows This device .*Safari on iPhone .*127\.0\.0\.1 Sign out Safari on iPhone/);
      const [, href = ''] = /<a href="([^"]+)">Sign out Safari on iPhone/.exec(list.text) ?? [];
      const question = await open(here.browser, href);
      expect(textOf(question)).toContain('Sign out Safari on iPhone?');
      expect(textOf(await browserSubmits(here.browser, question))).toContain('Signed out there.');
      expect((await open(phone, '/account')).text).toContain('name="password"');
      expect((await client.introspect(tokens.access_token)).body['active']).toBe(false);
      expect(isAt(await open(here.browser, '/account'), '/account')).toBe(true);
      expect(isAt(await open(here.browser, href), '/account/sessions')).toBe(true); // it has ended
    });

    it('and signs out everywhere else', async () => {
      const here = await enter('/account/sessions');
      const there = await enter('/account', CLINICIAN, IPHONE);
      const stranger = await enter('/account', PATIENT);
      const done = await browserSubmits(here.browser, await open(here.browser, '/account/other-sessions'));
      expect(textOf(done)).toContain('You are signed in nowhere else.');
      expect((await open(there.browser, '/account')).text).toContain('name="password"');
      expect(isAt(await open(stranger.browser, '/account'), '/account')).toBe(true);
    });
  });

  it('shows sign-ins and failures, and nothing of a name that nobody has', async () => {
    await run('DELETE FROM oauth2_sign_in');
    const browser = browserOf(IPHONE);
    const page = await open(browser, '/account/history');
    await signIn(browser, page, { ...CLINICIAN, password: 'Wrong#Pass1' });
    await signIn(browser, page, { username: 'nobody', password: 'Wrong#Pass1' });
    const history = textOf(await signIn(browser, page, CLINICIAN));
    expect(history).toMatch(/Signed in When .*How By password From Safari on iPhone Network address 127\.0\.0\.1 Wrong password When/);
    expect(await run('SELECT subject FROM oauth2_sign_in')).toHaveLength(2);
    const totp = await enter('/account/history', TOTP_DOCTOR);
    await totp.browser.submit(totp.page, { mfa_token: '000000' });
    server.clock.advance(60);
    const code = new TOTP({ secret: TOTP_DOCTOR.totpSecret }).generate({ timestamp: server.clock.now().getTime() });
    const own = textOf(await totp.browser.submit(totp.page, { mfa_token: code }));
    expect(own).toMatch(/Signed in When .*By password and a second step .*Second step failed When/);
    expect(own).not.toContain('second step not finished');
  });

  const browserSubmits = (browser: Browser, page: Answer): Promise<Answer> => browser.submit(page, {});
});
