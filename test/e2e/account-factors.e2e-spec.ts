import { Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient, signIn } from '../support/oauth-client.js';
import { CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { arrive, codeOf, keyOptionsOf, recoveryCodesOf, sendCredential, setupKeyOf, wordsOf } from '../support/second-factor-steps.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startServer, type TestServer } from '../support/start-server.js';

const FACTORS = '/account/factors';

describe('Second factors on the account pages', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  /** A browser in which somebody without a second factor is signed in. */
  const signedIn = async (): Promise<Browser> => {
    const browser = new Browser(server.origin);
    await signIn(browser, await browser.open(FACTORS), CLINICIAN);
    return browser;
  };

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MFA_REMEMBER_DAYS: '30' } });
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
    for (const table of ['recovery_code', 'passkey', 'remembered_device', 'totp_enrolment', 'totp_step'])
      await run(`DELETE FROM oauth2_${table}`);
    server.clock.advance(60);
  });

  it('are set up, given new recovery codes, and removed with all that hangs on them', async () => {
    const browser = await signedIn();
    expect(wordsOf(await browser.open(FACTORS))).toContain('No authenticator app is set up.');
    const page = await browser.open(`${FACTORS}/totp`);
    const secret = setupKeyOf(page);
    expect(wordsOf(await browser.submit(page, { code: '000000' }))).toContain('That code was not right');
    const codes = await browser.submit(page, { code: codeOf(server, secret) });
    expect(recoveryCodesOf(codes)).toHaveLength(10);
    server.clock.advance(30);
    // the session began by password alone: whoever changes a factor shows one first
    const detour = await browser.open(`${FACTORS}/recovery-codes`);
    const asked = await signIn(browser, detour, CLINICIAN);
    const list = await browser.submit(asked, { mfa_token: codeOf(server, secret) });
    expect(wordsOf(list)).toContain('10 recovery codes are left.');
    const fresh = recoveryCodesOf(await browser.submit(await browser.open(`${FACTORS}/recovery-codes`), {}));
    expect(fresh).toHaveLength(10);
    expect(recoveryCodesOf(codes).filter((code) => fresh.includes(code))).toEqual([]);
    const removed = await browser.submit(await browser.open(`${FACTORS}/totp/remove`), {});
    expect(wordsOf(removed)).toContain('No authenticator app is set up.');
    expect(await run('SELECT name FROM login_mfa_registrations WHERE user_id = 2')).toEqual([]);
    expect(await run('SELECT code_hash FROM oauth2_recovery_code')).toEqual([]);
  });

  it('take keys in, which are named, renamed and removed', async () => {
    const browser = await signedIn();
    const page = await browser.open(`${FACTORS}/passkeys`);
    const key = new SoftwareAuthenticator(server.origin);
    const added = await sendCredential(browser, page, key.create(await keyOptionsOf(browser, page)), { label: 'Blue <key>' });
    expect(recoveryCodesOf(added)).toHaveLength(10);
    const list = await browser.open(FACTORS);
    expect(list.text).toContain('Blue &lt;key&gt;'.replace('&gt;', '>'));
    const href = /href="([^"]+\/passkeys\/[0-9a-f]{64})"/.exec(list.text)?.[1] ?? '';
    const asked = await signIn(browser, await browser.open(href), CLINICIAN);
    await sendCredential(browser, asked, key.get(await keyOptionsOf(browser, asked)));
    const renamed = await browser.submit(await browser.open(href), { label: 'Red'.repeat(100) });
    expect(renamed.text).toContain('Red'.repeat(100).slice(0, 64));
    const gone = await browser.submit(await browser.open(href), { label: undefined, remove: '1' });
    expect(wordsOf(gone)).toContain('No passkey or security key is set up here.');
    expect(await run('SELECT id FROM oauth2_passkey')).toEqual([]);
  });

  it('list remembered browsers, and forget them', async () => {
    const browser = new Browser(server.origin);
    const page = await arrive(browser, client, TOTP_DOCTOR);
    await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret), remember: '1' });
    const list = await browser.open(FACTORS);
    const href = /href="([^"]+\/devices\/[\w-]+)"/.exec(list.text)?.[1] ?? '';
    const after = await browser.submit(await browser.open(href), {});
    expect(wordsOf(after)).toContain('There is none.');
    expect((await arrive(browser, client, TOTP_DOCTOR, { prompt: 'login' })).text).toContain('name="mfa_token"');
  });

  it('are not changed by a remembered browser alone', async () => {
    const browser = new Browser(server.origin);
    const page = await arrive(browser, client, TOTP_DOCTOR);
    await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret), remember: '1' });
    await arrive(browser, client, TOTP_DOCTOR, { prompt: 'login' });
    const detour = await browser.open(`${FACTORS}/totp/remove`);
    expect(detour.text).toContain('name="password"');
    expect((await signIn(browser, detour, TOTP_DOCTOR)).text).toContain('name="mfa_token"');
    expect(await run('SELECT name FROM login_mfa_registrations WHERE user_id = 3')).toHaveLength(1);
  });

  it('belong to nobody else, and are closed to who is not signed in', async () => {
    const stranger = new Browser(server.origin);
    for (const path of ['', '/totp', '/passkeys', '/passkeys/options', '/recovery-codes', '/totp/remove', '/devices/x', '/passkeys/x']) {
      expect((await stranger.open(`${FACTORS}${path}`)).text).toContain('name="password"');
    }
    const browser = await signedIn();
    for (const path of ['/devices/x', '/passkeys/x']) expect((await browser.open(`${FACTORS}${path}`)).url).toMatch(/factors$/);
    for (const path of ['/totp', '/passkeys', '/recovery-codes', '/totp/remove', '/devices/x', '/passkeys/x']) {
      expect((await browser.post(`${FACTORS}${path}`, { csrf_token: 'x' })).status).toBe(403);
    }
  });
});
