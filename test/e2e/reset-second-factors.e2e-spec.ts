import { resetSecondFactors, unlockUser } from '../../src/cli/user-care.js';
import { Browser } from '../support/browser.js';
import { allow, approvedClient, callbackOf, type OAuthClient } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, codeOf, setupKeyOf, wordsOf } from '../support/second-factor-steps.js';
import { startServer, type TestServer } from '../support/start-server.js';

const TOLD = 'has removed your second step';

/** What `chartkey users` does beside a running server. */
describe('Care for people who cannot get in', () => {
  let server: TestServer;
  let client: OAuthClient;
  let forPatients: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const fresh = () => new Browser(server.origin);
  const lastLine = async (): Promise<string> => {
    const [line] = await run<{ comments: string; user: string }>('SELECT comments, user FROM log ORDER BY id DESC LIMIT 1');
    return `${line?.user} ${Buffer.from(line?.comments ?? '', 'base64').toString()}`;
  };

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MFA_REMEMBER_DAYS: '30' } });
    client = await approvedClient(server);
    forPatients = await approvedClient(server, { scope: 'openid patient/Patient.read' });
  });
  afterAll(() => server.stop());

  it('takes every factor away, says why in the log, and tells the person once', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, TOTP_DOCTOR);
    const consent = await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret), remember: '1' });
    const { body: tokens } = await client.exchange(callbackOf(await allow(browser, consent)).get('code'));
    const bystander = await client.tokens({}, CLINICIAN);
    const sql = "INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (3, 'Key', 'U2F', '{}', '')";
    await run(sql);
    expect(await resetSecondFactors(server.app, TOTP_DOCTOR.username, 'users', 'lost phone, seen in person')).toEqual({
      ...{ hadSecondFactor: true, sessions: 1 },
    });
    expect(await lastLine()).toBe(
      'totpdoc OAuth2 MFA change success: command line. every second factor removed by an administrator, sessions ended: 1: lost phone, seen in person',
    );
    expect(await run('SELECT name FROM login_mfa_registrations WHERE user_id = 3')).toEqual([]);
    expect(await run('SELECT id FROM oauth2_remembered_device')).toEqual([]);
    expect((await browser.open(client.authorizeUrl())).text).toContain('name="password"');
    expect((await client.userinfo(String(tokens['access_token']))).status).toBe(401);
    expect((await client.refresh(String(tokens['refresh_token']))).body.error).toBe('invalid_grant');
    expect((await client.refresh(bystander.refresh_token)).status).toBe(200);
    const told = await arrive(fresh(), client, TOTP_DOCTOR);
    expect(wordsOf(told)).toContain(TOLD);
    const other = fresh();
    const again = await arrive(other, client, TOTP_DOCTOR);
    const asked = await other.submit(again, { code: undefined, later: '1' });
    expect(await claimsAfter(other, client, asked)).toMatchObject({ amr: ['pwd'] });
    expect((await arrive(fresh(), client, TOTP_DOCTOR)).text).toContain('name="decision"');
  });

  it('tells who enrols anew at once, too', async () => {
    expect(await resetSecondFactors(server.app, CLINICIAN.username, 'users', 'test')).toMatchObject({ hadSecondFactor: false });
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
    expect(await unlockUser(server.app, 'admin', 'users')).toEqual([]);
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE id = 1')).toEqual([{ n: 0 }]);
    expect(await lastLine()).toBe('admin OAuth2 account unlock success: command line. failed sign-ins forgotten');
  });

  it('names the blocked address from which they tried, which stays blocked', async () => {
    await arrive(fresh(), client, { ...ADMIN, password: 'wrong' });
    await run('UPDATE ip_tracking SET ip_force_block = 1');
    const [tracked] = await run<{ address: string }>('SELECT ip_string AS address FROM ip_tracking');
    const blocked = [{ address: tracked?.address, reason: 'IP address has been manually blocked' }];
    expect(await unlockUser(server.app, 'admin', 'users')).toEqual(blocked);
    expect((await run('SELECT ip_force_block AS f FROM ip_tracking'))[0]).toEqual({ f: 1 });
    expect(await unlockUser(server.app, TOTP_DOCTOR.username, 'users')).toEqual(blocked);
    await run('UPDATE ip_tracking SET ip_force_block = 0');
  });

  it('serves patients of the portal, and knows who is nobody', async () => {
    expect(await resetSecondFactors(server.app, PATIENT.username, 'patient', 'test')).toEqual({ hadSecondFactor: false, sessions: 0 });
    await arrive(fresh(), forPatients, { ...PATIENT, password: 'wrong' });
    const failures = async () =>
      (await run<{ failures: unknown }>('SELECT failures FROM oauth2_login_failure')).map((row) => Number(row.failures));
    expect(await failures()).toEqual([1]);
    expect(await unlockUser(server.app, PATIENT.username, 'patient')).toEqual([]);
    expect(await failures()).toEqual([0]);
    for (const role of ['users', 'patient'] as const) {
      expect(await unlockUser(server.app, 'nobody', role)).toBeNull();
      expect(await resetSecondFactors(server.app, 'nobody', role, 'test')).toBeNull();
    }
  });
});
