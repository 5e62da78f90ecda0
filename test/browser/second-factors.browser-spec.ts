import { Chromium, type Visit } from '../support/chromium.js';
import { ClientListener } from '../support/client-listener.js';
import { decodeJwt, type OAuthClient, publicClient } from '../support/oauth-client.js';
import { axeFaults, layoutFaults, tabTo } from '../support/page-checks.js';
import { CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { codeOf } from '../support/second-factor-steps.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid profile offline_access api:fhir';
const GRACE_DAYS = 7;
const TABLES = ['totp_step', 'totp_enrolment', 'recovery_code', 'mfa_state', 'remembered_device'];
/** Pages by their headings. */
const CODE = 'Confirm that it is you';
const SET_UP = 'Set up a second step';
const RECOVERY = 'Recovery codes';
const CONSENT = 'Allow access?';

describe('Second factors in a browser', () => {
  let server: TestServer;
  let chromium: Chromium;
  let listener: ClientListener;
  let client: OAuthClient;
  let visit: Visit;
  let javaScriptEnabled = true;
  const looked = new Set<string>();

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);

  beforeAll(async () => {
    const env = { CHARTKEY_MFA_STAFF: 'required', CHARTKEY_MFA_GRACE_DAYS: String(GRACE_DAYS), CHARTKEY_MFA_REMEMBER_DAYS: '30' };
    [server, chromium, listener] = await Promise.all([startServer({ env }), Chromium.launch(), ClientListener.start()]);
    client = await publicClient(server, { redirect_uris: [listener.redirectUri], scope: SCOPE });
    await setGlobal(server, 'password_expiration_days', '0');
  });

  beforeEach(async () => {
    listener.forget();
    server.clock.advance(60);
    for (const table of TABLES) await run(`DELETE FROM oauth2_${table}`);
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
    await run('DELETE FROM oauth_trusted_user');
    await run('UPDATE users_secure SET login_fail_counter = 0');
    await run('DELETE FROM ip_tracking');
    visit = await newWindow();
  });

  afterEach(async () => {
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  afterAll(async () => {
    await chromium.close();
    await listener.stop();
    await server.stop();
  });

  const newWindow = (): Promise<Visit> => chromium.visit({ javaScriptEnabled, viewport: { width: 640, height: 900 } });
  const authorizeUrl = (more: Record<string, string> = {}): string =>
    client.authorizeUrl({ redirect_uri: listener.redirectUri, scope: SCOPE, ...more });

  /** The page with that heading is shown, and it is sound; each is looked at once in each state. */
  async function expectPage(heading: string): Promise<void> {
    const { page } = visit;
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    const state = `${heading}, ${await page.title()}`;
    if (!javaScriptEnabled || looked.has(state)) return; // the checks are scripts
    looked.add(state);
    expect([heading, await axeFaults(page), await layoutFaults(page)]).toEqual([heading, [], []]);
  }

  async function signIn(more: Record<string, string> = {}, person: { username: string; password: string } = CLINICIAN): Promise<void> {
    const { page } = visit;
    await page.goto(authorizeUrl(more));
    await expectPage('Sign in');
    await page.getByLabel('User name').fill(person.username);
    await page.getByLabel('Password').fill(person.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** What the page shows for an authenticator app. */
  async function setupKey(): Promise<string> {
    expect(await visit.page.locator('svg.qr-code').count()).toBe(1);
    return (await visit.page.locator('.setup-key').innerText()).replaceAll(' ', '');
  }

  /** Sets an app up where the page for that is shown: its key, and the recovery codes. */
  async function enrol(): Promise<{ secret: string; recoveryCodes: string[] }> {
    const { page } = visit;
    await expectPage(SET_UP);
    const secret = await setupKey();
    await page.getByLabel('Code that the app shows').fill(codeOf(server, secret));
    await page.getByRole('button', { name: 'Set up the app' }).click();
    await expectPage(RECOVERY);
    const recoveryCodes = await page.locator('#recovery-codes li').allInnerTexts();
    await page.getByRole('link', { name: 'I have kept them: continue' }).click();
    return { secret, recoveryCodes };
  }

  async function sendCode(code: string): Promise<void> {
    await visit.page.getByLabel('Code from your authenticator app').fill(code);
    await visit.page.getByRole('button', { name: 'Continue' }).click();
  }

  async function expectRefused(): Promise<void> {
    await visit.page.getByText('That code was not accepted').waitFor();
    await expectPage(CODE);
  }

  /** Allows, and reads in the ID token how the person was authenticated. */
  async function claims(): Promise<Record<string, unknown>> {
    await expectPage(CONSENT);
    await visit.page.getByRole('button', { name: 'Allow', exact: true }).click();
    const { parameters } = await listener.delivery();
    const answer = await client.exchange(parameters.get('code'), { redirect_uri: listener.redirectUri });
    return decodeJwt(String(answer.body['id_token'])).claims;
  }

  /** Another window: nobody is signed in there. */
  async function elsewhere(): Promise<void> {
    expect(visit.problems).toEqual([]);
    await visit.close();
    visit = await newWindow();
    listener.forget();
  }

  it('are set up and used by the keyboard alone', async () => {
    const go = async (more: Record<string, string> = {}): Promise<Visit> => {
      await visit.page.goto(authorizeUrl(more));
      await visit.page.locator('#username:focus').waitFor(); // the browser moves the focus there some time after loading
      await visit.page.keyboard.type(CLINICIAN.username);
      await tabTo(visit.page, 'Password');
      await visit.page.keyboard.type(`${CLINICIAN.password}\n`);
      return visit;
    };
    const { page } = await go({ acr_values: '2' });
    await expectPage(SET_UP);
    const secret = await setupKey();
    expect(await tabTo(page, 'Code that the app shows')).toContain('Open an authenticator app on this device');
    await page.keyboard.type(`${codeOf(server, secret)}\n`);
    await expectPage(RECOVERY);
    await tabTo(page, 'I have kept them: continue');
    await page.keyboard.press('Enter');
    await expectPage(CONSENT);
    await elsewhere();
    server.clock.advance(30);
    await go();
    await visit.page.locator('#mfa_token:focus').waitFor();
    await visit.page.keyboard.type('000000\n');
    await expectRefused();
    await visit.page.getByLabel('Code from your authenticator app').focus();
    await visit.page.keyboard.type(`${codeOf(server, secret)}\n`);
    await expectPage(CONSENT);
  });

  describe.each([true, false])('with JavaScript: %s', (scripted) => {
    beforeAll(() => {
      javaScriptEnabled = scripted;
    });

    it('are put off while grace lasts, set up before anything else when it is over, and demanded where an app steps up', async () => {
      const { page } = visit;
      await signIn();
      await expectPage(SET_UP);
      await page.getByText('You can put this off until').waitFor();
      await page.getByRole('button', { name: 'Not now' }).click();
      expect(await claims()).toMatchObject({ acr: '1', amr: ['pwd'] });
      await page.goto(authorizeUrl({ acr_values: '2' })); // signed in, and asked for more
      await page.getByText('Set one up to go on.').waitFor();
      await elsewhere();
      server.clock.advance((GRACE_DAYS + 1) * 86_400);
      await signIn();
      expect(await visit.page.getByRole('button', { name: 'Not now' }).count()).toBe(0);
      await enrol();
      await expectPage(CONSENT);
    });
  });

  describe('without JavaScript', () => {
    beforeAll(() => {
      javaScriptEnabled = false;
    });

    it('are set up for an app that asks for two, are asked for after signing out, and a code is taken once', async () => {
      const { page } = visit;
      await signIn({ acr_values: '2' });
      const { secret } = await enrol();
      expect(await claims()).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
      await page.goto(`${server.issuer}/logout`);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await expectPage('You are signed out');
      server.clock.advance(30);
      listener.forget();
      await signIn({ prompt: 'consent' });
      await expectPage(CODE);
      const code = codeOf(server, secret);
      await sendCode(`${code.slice(0, 3)} ${code.slice(3)}`);
      expect(await claims()).toMatchObject({ acr: '2' });
      await elsewhere();
      await signIn();
      await sendCode(code);
      await expectRefused();
    });

    it('let people in by a recovery code who have lost their phone', async () => {
      await signIn({ acr_values: '2' });
      const {
        recoveryCodes: [recoveryCode = ''],
      } = await enrol();
      for (const isFresh of [true, false]) {
        await elsewhere();
        await signIn();
        await sendCode(recoveryCode.toLowerCase());
        if (isFresh) expect(await claims()).toMatchObject({ acr: '2' });
        else await expectRefused();
      }
    });

    it('are not asked in a browser that was told so, but where an app steps up', async () => {
      const { page } = visit;
      await signIn({}, TOTP_DOCTOR);
      await expectPage(CODE);
      await page.getByLabel('Do not ask in this browser for 30 days').check();
      await sendCode(codeOf(server, TOTP_DOCTOR.totpSecret));
      await expectPage(CONSENT);
      await signIn({ prompt: 'login' }, TOTP_DOCTOR);
      expect(await claims()).toMatchObject({ acr: '1', amr: ['pwd'] });
      listener.forget();
      server.clock.advance(30);
      await page.goto(authorizeUrl({ acr_values: '2', prompt: 'consent' }));
      await page.getByText('The app asks for one more proof that it is you.').waitFor();
      await expectPage(CODE);
      await sendCode(codeOf(server, TOTP_DOCTOR.totpSecret));
      expect(await claims()).toMatchObject({ acr: '2', amr: ['pwd', 'otp', 'mfa'] });
    });

    it('lock out whoever goes on guessing', async () => {
      await setGlobal(server, 'password_max_failed_logins', '3');
      await signIn({}, TOTP_DOCTOR);
      for (const wrong of ['000000', 'no code', '１２３４５６']) {
        await sendCode(wrong);
        await expectRefused();
      }
      await sendCode(codeOf(server, TOTP_DOCTOR.totpSecret));
      await expectRefused();
      await setGlobal(server, 'password_max_failed_logins', '20');
    });
  });
});
