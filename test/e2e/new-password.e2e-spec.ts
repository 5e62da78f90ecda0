import { TOTP } from 'otpauth';
import { type Answer, Browser } from '../support/browser.js';
import { allow, approvedClient, callbackOf, type OAuthClient, signIn, type SignInFields } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const textOf = ({ text }: Answer): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const fields = (current: string, next: string, again = next): Record<string, string> => ({
  ...{ current_password: current, new_password: next, new_password_again: again },
});

interface StoredPassword {
  readonly id: number;
  readonly password: string;
}

describe('A new password', () => {
  let server: TestServer;
  let client: OAuthClient;

  let staff: readonly StoredPassword[];
  let patients: readonly StoredPassword[];

  beforeAll(async () => {
    server = await startServer();
    await setGlobal(server, 'gbl_auth_bcrypt_hash_cost', '4'); // cheap hashes
    client = await approvedClient(server);
    staff = await run<StoredPassword[]>('SELECT id, password FROM users_secure');
    patients = await run<StoredPassword[]>('SELECT id, portal_pwd AS password FROM patient_access_onsite');
  });
  afterAll(() => server.stop());

  /** Everybody has the password of the demo again, and no directory. */
  afterEach(async () => {
    const never = 'password_history1 = NULL, password_history2 = NULL, login_fail_counter = 0, last_update_password = NULL';
    for (const { id, password } of staff) await run(`UPDATE users_secure SET password = ?, ${never} WHERE id = ?`, [password, id]);
    for (const { id, password } of patients) await run('UPDATE patient_access_onsite SET portal_pwd = ? WHERE id = ?', [password, id]);
    await run('DELETE FROM oauth2_sign_in');
    await setGlobal(server, 'gbl_ldap_enabled', '0');
    server.clock.advance(30); // to the next one-time code
  });

  const run = <Rows = unknown>(sql: string, values: unknown[] = []): Promise<Rows> => server.database.query<Rows>(sql, values);
  const enter = async (path: string, person: SignInFields): Promise<{ browser: Browser; page: Answer }> => {
    const browser = new Browser(server.origin);
    return { browser, page: await signIn(browser, await browser.open(`${server.origin}${path}`), person) };
  };
  const letsIn = async (person: SignInFields): Promise<boolean> =>
    new URL((await enter('/account', person)).page.url).pathname === '/account';
  const codeOf = (): string => new TOTP({ secret: TOTP_DOCTOR.totpSecret }).generate({ timestamp: server.clock.now().getTime() });
  const expire = (userId: number): Promise<unknown> =>
    run(`UPDATE users_secure SET last_update_password = '2020-01-01 00:00:00' WHERE id = ${userId}`);

  it.each([
    ['a member of staff', CLINICIAN],
    ['a patient', PATIENT],
  ])('is set by %s, who stays signed in here and nowhere else', async (_, person) => {
    const { browser, page } = await enter('/account/password', person);
    const elsewhere = await enter('/account', person);
    const wrong = await browser.submit(page, fields('Wrong#Pass1', 'Another#Demo2'));
    expect(textOf(wrong)).toContain('The current password is not right.');
    expect(wrong.text).toContain('<title>Error: change password');
    expect(wrong.text).not.toContain('Another#Demo2');
    expect(textOf(await browser.submit(wrong, fields(person.password, 'short')))).toContain(
      'The new password is too short. The new password lacks',
    );
    expect(textOf(await browser.submit(wrong, fields(person.password, 'Another#Demo2', 'x')))).toContain('are not the same');
    expect(textOf(await browser.submit(wrong, fields(person.password, person.password)))).toContain('You had this password before');
    const done = await browser.submit(wrong, fields(person.password, 'Another#Demo2'));
    expect(textOf(done)).toContain('Your password is changed.');
    expect(new URL((await browser.open(`${server.origin}/account/apps`)).url).pathname).toBe('/account/apps');
    expect((await elsewhere.browser.open(`${server.origin}/account`)).text).toContain('name="username"');
    expect(await letsIn(person)).toBe(false);
    expect(await letsIn({ ...person, password: 'Another#Demo2' })).toBe(true);
  });

  it('leaves apps their access, or takes it away as the person wishes', async () => {
    const tokens = await client.tokens({}, CLINICIAN);
    const { browser, page } = await enter('/account/password', CLINICIAN);
    await browser.submit(page, fields(CLINICIAN.password, 'Another#Demo2'));
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
    const again = await browser.open(`${server.origin}/account/password`);
    await browser.submit(again, { ...fields('Another#Demo2', 'Third#Demo3'), revoke_apps: '1' });
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(false);
  });

  it('is not offered to whom a directory signs in', async () => {
    const { browser } = await enter('/account', CLINICIAN);
    await setGlobal(server, 'gbl_ldap_enabled', '1');
    const page = await browser.open(`${server.origin}/account/password`);
    expect(textOf(page)).toContain('Your password is kept in the directory');
    expect(page.text).not.toContain('name="new_password"');
  });

  it('has to be set by whoever comes in with an expired one, after the second factor, and the request goes on', async () => {
    await expire(3);
    const browser = new Browser(server.origin);
    const second = await signIn(browser, await browser.open(client.authorizeUrl()), TOTP_DOCTOR);
    expect(second.text).toContain('name="mfa_token"');
    const due = await browser.submit(second, { mfa_token: codeOf() });
    expect(textOf(due)).toContain('Your password has expired');
    expect((await browser.open(`${server.origin}/account`)).text).toContain('name="new_password"'); // and nothing else before
    expect(await callbackError(browser, { prompt: 'none' })).toBe('interaction_required');
    const refused = await browser.submit(due, fields(TOTP_DOCTOR.password, TOTP_DOCTOR.password));
    expect(textOf(refused)).toContain('You had this password before');
    const consent = await browser.submit(refused, fields(TOTP_DOCTOR.password, 'Another#Demo2'));
    const answer = await client.exchange(callbackOf(await allow(browser, consent)).get('code'));
    expect(answer.status).toBe(200);
    expect((await browser.open(due.url)).text).not.toContain('name="new_password"');
  });

  it('is asked for in time, with the last day on which the old one works', async () => {
    const days = 190; // of 180, and 30 of grace
    const changed = new Date(server.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10);
    await run(`UPDATE users_secure SET last_update_password = '${changed} 12:00:00' WHERE id = 2`);
    const { page } = await enter('/account', CLINICIAN);
    expect(textOf(page)).toMatch(/Your password should be changed\. It works until \w+ \d+, \d{4}/);
  });

  it('is not taken from the password grant, where no page follows', async () => {
    await setGlobal(server, 'oauth_password_grant', '3');
    await expire(2);
    const answer = await client.exchange(null, {
      ...{ grant_type: 'password', username: CLINICIAN.username, password: CLINICIAN.password, user_role: 'users', scope: 'openid' },
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    const history = await run<Array<Record<string, unknown>>>('SELECT outcome, client_id FROM oauth2_sign_in');
    expect(history).toEqual([{ outcome: 'expired', client_id: client.clientId }]);
  });

  async function callbackError(browser: Browser, more: Record<string, string>): Promise<string | null> {
    return callbackOf(await browser.open(client.authorizeUrl(more))).get('error');
  }
});

describe('An expired password, where the setting says refuse', () => {
  it('is refused like a wrong one', async () => {
    const server = await startServer({ env: { CHARTKEY_EXPIRED_PASSWORD: 'refuse' } });
    try {
      await server.database.query("UPDATE users_secure SET last_update_password = '2020-01-01 00:00:00' WHERE id = 2");
      const browser = new Browser(server.origin);
      const answer = await signIn(browser, await browser.open(`${server.origin}/account`), CLINICIAN);
      expect(answer.text).toContain('role="alert"');
      expect(browser.cookieNames()).not.toContain('chartkey_session');
    } finally {
      await server.stop();
    }
  });
});
