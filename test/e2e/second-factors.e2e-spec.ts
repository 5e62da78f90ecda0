import { Browser } from '../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, codeOf, goOn, opened, recoveryCodesOf, setupKeyOf, wordsOf } from '../support/second-factor-steps.js';
import { startServer, type TestServer } from '../support/start-server.js';

const STEP_UP = { acr_values: '2' };

describe('Second factors', () => {
  let server: TestServer;
  let client: OAuthClient;
  let forPatients: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const rows = () => run('SELECT name, method, var1, var2 FROM login_mfa_registrations WHERE user_id = 2');
  const audited = async (): Promise<string> => {
    const [line] = await run<{ comments: string }>("SELECT comments FROM log WHERE event = 'mfa' ORDER BY id DESC LIMIT 1");
    return Buffer.from(line?.comments ?? '', 'base64').toString();
  };
  const fresh = () => new Browser(server.origin);
  /** Enrols an app on the way to an app that asks for two factors. */
  const enrol = async (browser = fresh(), person: typeof CLINICIAN | typeof PATIENT = CLINICIAN, by = client) => {
    const page = await arrive(browser, by, person, STEP_UP);
    const secret = setupKeyOf(page);
    const codes = await browser.submit(page, { code: codeOf(server, secret) });
    server.clock.advance(30);
    return { browser, secret, page, codes };
  };

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MFA_REMEMBER_DAYS: '30' } });
    client = await approvedClient(server);
    forPatients = await approvedClient(server, { scope: 'openid profile patient/Patient.read' });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
    for (const table of ['totp_step', 'totp_enrolment', 'recovery_code', 'patient_totp', 'mfa_state', 'remembered_device']) {
      await run(`DELETE FROM oauth2_${table}`);
    }
    await run('UPDATE users_secure SET login_fail_counter = 0');
    await run('DELETE FROM ip_tracking');
    await run('DELETE FROM oauth_trusted_user');
    server.clock.advance(60);
  });

  it('are enrolled where an app asks for two, and stored as the EHR stores them', async () => {
    const { browser, secret, page, codes } = await enrol();
    expect(page.text).toContain('<svg class="qr-code"');
    expect(page.text).toMatch(new RegExp(`href="otpauth://totp/[^"]+:clinician\\?issuer=[^"]+secret=${secret}`));
    expect(recoveryCodesOf(codes)).toHaveLength(10);
    const [row, ...more] = await rows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ name: 'App Based 2FA', method: 'TOTP', var2: '' });
    expect(opened(server, String(row?.['var1']))).toBe(secret);
    expect(await audited()).toMatch(/authenticator app enrolled/);
    const claims = await claimsAfter(browser, client, await goOn(browser, codes));
    expect(claims).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: '2' });
  });

  it('are asked for at the next sign-in; a code works once', async () => {
    const { secret } = await enrol();
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    const code = codeOf(server, secret);
    const consent = await browser.submit(page, { mfa_token: ` ${code.slice(0, 3)} ${code.slice(3)} ` });
    expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'] });
    const other = fresh();
    const refused = await other.submit(await arrive(other, client, CLINICIAN), { mfa_token: code });
    expect(wordsOf(refused)).toContain('That code was not accepted');
    expect(await audited()).toBe('failure: 127.0.0.1. OAuth2 MFA (TOTP) code used before');
  });

  it('keep nothing before the first code is right, and say when a clock is wrong', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN, STEP_UP);
    const secret = setupKeyOf(page);
    const send = async (code: string): Promise<string> => wordsOf(await browser.submit(page, { code }));
    expect(await send(codeOf(server, secret, 300))).toContain('The clock of your device is wrong');
    for (const code of ['', '12345', '1234567', '١٢٣٤٥٦', 'abcdef', '1'.repeat(10_000)]) {
      expect(await send(code)).toContain('That code was not right');
    }
    expect(await rows()).toEqual([]);
    expect(setupKeyOf(await browser.open(page.url))).toBe(secret);
    expect(await send(codeOf(server, secret, 30))).toContain('The clock of its device is about half a minute off');
    expect(await rows()).toHaveLength(1);
  });

  it('are enrolled once when two tabs race', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN, STEP_UP);
    const second = await browser.open(client.authorizeUrl(STEP_UP));
    const secret = setupKeyOf(page);
    expect(setupKeyOf(second)).toBe(secret);
    const code = codeOf(server, secret);
    const outcomes = await Promise.all([page, second].map((tab) => browser.submit(tab, { code })));
    expect(outcomes.filter((outcome) => recoveryCodesOf(outcome).length === 10)).toHaveLength(1);
    expect(outcomes.every(({ status }) => status < 400)).toBe(true);
    expect(await rows()).toHaveLength(1);
    expect(await run('SELECT code_hash FROM oauth2_recovery_code')).toHaveLength(10);
    expect(await run('SELECT subject FROM oauth2_totp_enrolment')).toEqual([]);
  });

  it('forget a key that was not used in half an hour', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN, STEP_UP);
    server.clock.advance(1801);
    const later = await arrive(browser, client, CLINICIAN, STEP_UP);
    expect(setupKeyOf(later)).not.toBe(setupKeyOf(page));
  });

  it('let people in by recovery codes who have lost their phone, each once', async () => {
    const { codes } = await enrol();
    const [code = ''] = recoveryCodesOf(codes);
    const typed = code.replaceAll('-', ' ').toLowerCase();
    const browser = fresh();
    const consent = await browser.submit(await arrive(browser, client, CLINICIAN), { mfa_token: typed });
    expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: '2' });
    const other = fresh();
    const page = await arrive(other, client, CLINICIAN);
    expect(wordsOf(await other.submit(page, { mfa_token: code }))).toContain('That code was not accepted');
    expect(await audited()).toBe('failure: 127.0.0.1. OAuth2 MFA (recovery code) used before');
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE id = 2')).toEqual([{ n: 1 }]);
    expect(JSON.stringify(await run('SELECT * FROM oauth2_recovery_code'))).not.toContain(code.replaceAll('-', ''));
  });

  it('take a recovery code once although many send it', async () => {
    const { codes } = await enrol();
    const [code = ''] = recoveryCodesOf(codes);
    const tabs = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const browser = fresh();
        return { browser, page: await arrive(browser, client, CLINICIAN) };
      }),
    );
    const answers = await Promise.all(tabs.map(({ browser, page }) => browser.submit(page, { mfa_token: code })));
    expect(answers.filter(({ text }) => text.includes('name="decision"'))).toHaveLength(1);
  });

  it('are kept for patients in a table of ours', async () => {
    const { browser, secret, codes } = await enrol(fresh(), PATIENT, forPatients);
    expect(recoveryCodesOf(codes)).toHaveLength(10);
    expect(await claimsAfter(browser, forPatients, await goOn(browser, codes))).toMatchObject({ sub: PATIENT.subject, acr: '2' });
    const [row] = await run<{ subject: string; secret: string }>('SELECT subject, secret FROM oauth2_patient_totp');
    expect([row?.subject, opened(server, row?.secret ?? '')]).toEqual([PATIENT.subject, secret]);
    const other = fresh();
    const page = await arrive(other, forPatients, PATIENT);
    const code = codeOf(server, secret);
    expect(await claimsAfter(other, forPatients, await other.submit(page, { mfa_token: code }))).toMatchObject({ acr: '2' });
    const third = fresh();
    expect(wordsOf(await third.submit(await arrive(third, forPatients, PATIENT), { mfa_token: code }))).toContain('not accepted');
  });

  it('are not asked on a browser that was remembered, and the tokens do not claim otherwise', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, TOTP_DOCTOR);
    const consent = await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret), remember: '1' });
    const first = await claimsAfter(browser, client, consent);
    const again = await arrive(browser, client, TOTP_DOCTOR, { prompt: 'login' });
    const second = await claimsAfter(browser, client, again);
    expect([first, second]).toMatchObject([{ acr: '2' }, { amr: ['pwd'], acr: '1' }]);
    const silent = callbackOf(await browser.open(client.authorizeUrl({ ...STEP_UP, prompt: 'none' })));
    expect(silent.get('error')).toBe('interaction_required');
    server.clock.advance(60);
    const stepUp = await browser.open(client.authorizeUrl(STEP_UP));
    expect(wordsOf(stepUp)).toContain('The app asks for one more proof');
    const raised = await claimsAfter(browser, client, await browser.submit(stepUp, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret) }));
    expect(raised).toMatchObject({ amr: ['pwd', 'otp', 'mfa'], acr: '2', sid: second['sid'] });
    await run("UPDATE users_secure SET last_update_password = '2026-11-01 10:00:00' WHERE id = 3");
    expect((await arrive(browser, client, TOTP_DOCTOR, { prompt: 'login' })).text).toContain('name="mfa_token"');
  });

  it('are missed by an app that may not ask: unmet_authentication_requirements', async () => {
    const browser = fresh();
    await claimsAfter(browser, client, await arrive(browser, client, CLINICIAN));
    const answer = callbackOf(await browser.open(client.authorizeUrl({ ...STEP_UP, prompt: 'none' })));
    expect(answer.get('error')).toBe('unmet_authentication_requirements');
    const declined = await browser.open(client.authorizeUrl(STEP_UP));
    expect(callbackOf(await browser.submit(declined, { code: undefined, cancel: '1' })).get('error')).toBe('access_denied');
  });

  it('lock the account after twenty wrong codes of any kind, over two servers', async () => {
    const replica = await server.replica();
    const { secret, codes } = await enrol();
    const right = recoveryCodesOf(codes)[0] ?? '';
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    const wrong = [String((Number(codeOf(server, secret)) + 1) % 1_000_000).padStart(6, '0'), `2222-${right.slice(5)}`];
    const at = (n: number): string => (n % 2 ? page.url : page.url.replace(server.origin, `http://localhost:${replica.config.port}`));
    const csrf = /name="csrf_token" value="([^"]+)"/.exec(page.text)?.[1];
    for (let n = 0; n < 20; n += 1) {
      const answer = await browser.post(at(n), { csrf_token: csrf, mfa_token: wrong[n % 2] });
      expect(answer.status).toBe(200);
    }
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE id = 2')).toEqual([{ n: 20 }]);
    for (const code of [codeOf(server, secret), right]) {
      expect(wordsOf(await browser.submit(page, { mfa_token: code }))).toContain('That code was not accepted');
    }
  });
});
