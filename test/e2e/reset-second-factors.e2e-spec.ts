import { resetSecondFactors, unlockUser } from '../../src/cli/user-care.js';
import { Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, codeOf, setupKeyOf, wordsOf } from '../support/second-factor-steps.js';
import { startServer, type TestServer } from '../support/start-server.js';

const TOLD = 'has removed your second step';

/** What `chartkey users` does beside a running server. */
describe('Care for people who cannot get in', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const fresh = () => new Browser(server.origin);
  const lastLine = async (): Promise<string> => {
    const [line] = await run<{ comments: string; user: string }>('SELECT comments, user FROM log ORDER BY id DESC LIMIT 1');
    return `${line?.user} ${Buffer.from(line?.comments ?? '', 'base64').toString()}`;
  };

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MFA_REMEMBER_DAYS: '30' } });
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());

  it('takes every factor away, says why in the log, and tells the person once', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, TOTP_DOCTOR);
    await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret), remember: '1' });
    const sql = "INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (3, 'Key', 'U2F', '{}', '')";
    await run(sql);
    expect(await resetSecondFactors(server.app, TOTP_DOCTOR.username, 'users', 'lost phone, seen in person')).toBe(true);
    expect(await lastLine()).toBe(
      'totpdoc OAuth2 MFA change success: command line. every second factor removed by an administrator: lost phone, seen in person',
    );
    expect(await run('SELECT name FROM login_mfa_registrations WHERE user_id = 3')).toEqual([]);
    expect(await run('SELECT id FROM oauth2_remembered_device')).toEqual([]);
    const told = await arrive(fresh(), client, TOTP_DOCTOR);
    expect(wordsOf(told)).toContain(TOLD);
    const other = fresh();
    const again = await arrive(other, client, TOTP_DOCTOR);
    const consent = await other.submit(again, { code: undefined, later: '1' });
    expect(await claimsAfter(other, client, consent)).toMatchObject({ amr: ['pwd'] });
    expect((await arrive(fresh(), client, TOTP_DOCTOR)).text).toContain('name="decision"');
  });

  it('tells who enrols anew at once, too', async () => {
    expect(await resetSecondFactors(server.app, CLINICIAN.username, 'users', 'test')).toBe(false);
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    expect(wordsOf(page)).toContain(TOLD);
    await browser.submit(page, { code: codeOf(server, setupKeyOf(page)) });
    server.clock.advance(30);
    const next = await arrive(fresh(), client, CLINICIAN);
    expect(wordsOf(next)).not.toContain(TOLD);
    expect(next.text).toContain('name="mfa_token"');
  });

  it('lets somebody try again who failed too often', async () => {
    await run("UPDATE users_secure SET login_fail_counter = 20, last_login_fail = '2099-01-01 00:00:00' WHERE id = 1");
    expect(await unlockUser(server.app, 'admin', 'users')).toBe(true);
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE id = 1')).toEqual([{ n: 0 }]);
    expect(await lastLine()).toBe('admin OAuth2 account unlock success: command line. failed sign-ins forgotten');
  });

  it('serves patients of the portal, and knows who is nobody', async () => {
    expect(await resetSecondFactors(server.app, PATIENT.username, 'patient', 'test')).toBe(false);
    expect(await unlockUser(server.app, PATIENT.username, 'patient')).toBe(true);
    for (const role of ['users', 'patient'] as const) {
      expect(await unlockUser(server.app, 'nobody', role)).toBe(false);
      expect(await resetSecondFactors(server.app, 'nobody', role, 'test')).toBeNull();
    }
  });
});
