import { Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, goOn, keyOptionsOf, recoveryCodesOf, sendCredential, wordsOf } from '../support/second-factor-steps.js';
import { type Behaviour, SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startServer, type TestServer } from '../support/start-server.js';

const STEP_UP = { acr_values: '2' };

describe('Passkeys and security keys', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const keys = () => run('SELECT * FROM oauth2_passkey');
  const lastLine = async (): Promise<string> => {
    const [line] = await run<{ comments: string }>("SELECT comments FROM log WHERE event IN ('mfa', 'api') ORDER BY id DESC LIMIT 1");
    return Buffer.from(line?.comments ?? '', 'base64').toString();
  };
  const fresh = () => new Browser(server.origin);
  /** Enrols a key on the way to an app that asks for two factors. */
  const enrol = async (behaviour: Behaviour = {}, key = new SoftwareAuthenticator(server.origin)) => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN, STEP_UP);
    const options = await keyOptionsOf(browser, page);
    const after = await sendCredential(browser, page, key.create(options, behaviour), { label: 'Blue key' });
    return { browser, key, page, options, after };
  };
  /** A fresh browser in which the password is right and the key is asked for. */
  const askedForKey = async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    return { browser, page, options: await keyOptionsOf(browser, page) };
  };
  /** A fresh browser at the sign-in page. */
  const atSignIn = async () => {
    const browser = fresh();
    const page = await browser.open(client.authorizeUrl());
    return { browser, page, options: await keyOptionsOf(browser, page) };
  };

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    for (const table of ['passkey', 'recovery_code', 'mfa_state']) await run(`DELETE FROM oauth2_${table}`);
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
    await run('UPDATE users_secure SET login_fail_counter = 0');
    await run('DELETE FROM ip_tracking');
    await run('DELETE FROM oauth_trusted_user');
  });

  it('are enrolled for this host and person, in a table of ours', async () => {
    const { key, options, browser, after } = await enrol();
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { id: Buffer.from(CLINICIAN.subject).toString('base64url'), name: 'clinician' },
      attestation: 'none',
    });
    expect(recoveryCodesOf(after)).toHaveLength(10);
    const [row] = await keys();
    expect(row).toMatchObject({ subject: CLINICIAN.subject, role: 'users', label: 'Blue key', transports: 'usb', credential_id: key.id });
    expect(await run('SELECT name FROM login_mfa_registrations WHERE user_id = 2')).toEqual([]);
    // the new key has signed nothing yet: the app that asks for two factors has it asked
    const asked = await goOn(browser, after);
    const consent = await sendCredential(browser, asked, key.get(await keyOptionsOf(browser, asked)));
    expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd', 'hwk', 'user', 'mfa'], acr: '2' });
  });

  it('are a second factor, with or without knowing their owner', async () => {
    const { key } = await enrol();
    for (const verifiesUser of [true, false]) {
      const { browser, page, options } = await askedForKey();
      expect(options).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id: key.id, type: 'public-key', transports: ['usb'] }] });
      const consent = await sendCredential(browser, page, key.get(options, { verifiesUser }));
      expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd', 'hwk', 'user', 'mfa'], acr: '2' });
    }
    expect(await keys()).toMatchObject([{ counter: expect.anything(), last_used_at: expect.anything() }]);
  });

  it('stand for name and password when they know their owner', async () => {
    const { key } = await enrol({ isSynced: true });
    const { browser, page, options } = await atSignIn();
    expect(page.text).toMatch(/autocomplete="username webauthn"/);
    expect(options).toMatchObject({ userVerification: 'required', rpId: 'localhost' });
    const consent = await sendCredential(browser, page, key.get(options, { isSynced: true, counter: 0 }));
    expect(await claimsAfter(browser, client, consent)).toMatchObject({ sub: CLINICIAN.subject, amr: ['swk', 'user', 'mfa'], acr: '2' });
    const again = await atSignIn();
    const second = await sendCredential(again.browser, again.page, key.get(again.options, { isSynced: true, counter: 0 }));
    expect(second.text).toContain('name="decision"');
  });

  it.each<[string, Behaviour, string]>([
    ['a key that does not know its owner', { verifiesUser: false }, 'User verification required'],
    ['no owner', { userHandle: null }, 'does not name its owner'],
    ['another owner', { userHandle: Buffer.from(TOTP_DOCTOR.subject).toString('base64url') }, 'does not name its owner'],
    ['another site', { origin: 'https://evil.example' }, 'Unexpected authentication response origin'],
  ])('do not sign anybody in with %s', async (_what, behaviour, reason) => {
    const { key } = await enrol();
    const { browser, page, options } = await atSignIn();
    const refused = await sendCredential(browser, page, key.get(options, behaviour));
    expect([refused.status, wordsOf(refused)]).toEqual([200, expect.stringContaining('That key was not accepted')]);
    expect(await lastLine()).toContain(reason);
    expect((await browser.open(page.url)).text).toContain('name="password"');
  });

  it('do not sign in who has been locked out of the EHR', async () => {
    const { key } = await enrol();
    for (const change of ['active = 0', 'active = 1']) {
      await run(`UPDATE users SET ${change} WHERE id = 2`);
      const { browser, page, options } = await atSignIn();
      const answer = await sendCredential(browser, page, key.get(options));
      expect(answer.text.includes('name="decision"')).toBe(change === 'active = 1');
    }
    await run("UPDATE users_secure SET login_fail_counter = 20, last_login_fail = '2099-01-01 00:00:00' WHERE id = 2");
    const { browser, page, options } = await atSignIn();
    expect(wordsOf(await sendCredential(browser, page, key.get(options)))).toContain('That key was not accepted');
    const [latest] = await run('SELECT outcome, amr, address FROM oauth2_sign_in ORDER BY happened_at DESC, id LIMIT 1');
    expect(latest).toEqual({ outcome: 'locked', amr: '', address: '127.0.0.1' }); // what the person finds in their history
  });

  it.each<[string, Behaviour, string]>([
    ['another origin', { origin: 'https://evil.example' }, 'Unexpected authentication response origin'],
    ['another RP id', { rpId: 'evil.example' }, 'Unexpected RP ID hash'],
    ['another challenge', { challenge: 'AAAA' }, 'challenge is used, expired or of another page'],
    ['another ceremony', { type: 'webauthn.create' }, 'Unexpected authentication response type'],
  ])('are refused as a second factor with %s', async (_what, behaviour, reason) => {
    const { key } = await enrol();
    const { browser, page, options } = await askedForKey();
    const refused = await sendCredential(browser, page, key.get(options, behaviour));
    expect([refused.status, wordsOf(refused)]).toEqual([200, expect.stringContaining('That key was not accepted')]);
    expect(await lastLine()).toContain(reason);
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE id = 2')).toEqual([{ n: 1 }]);
  });

  it('are refused when their counter goes back: somebody has a copy', async () => {
    const { key } = await enrol();
    const first = await askedForKey();
    await sendCredential(first.browser, first.page, key.get(first.options, { counter: 7 }));
    for (const counter of [7, 3]) {
      const { browser, page, options } = await askedForKey();
      expect(wordsOf(await sendCredential(browser, page, key.get(options, { counter })))).toContain('That key was not accepted');
      expect(await lastLine()).toMatch(/refused: counter did not go up but is \d: the key may have been copied/);
    }
  });

  it('are asked anew each time: an answer is good once, soon, and on its page', async () => {
    const { key } = await enrol();
    const { browser, page, options } = await askedForKey();
    const other = await askedForKey();
    const elsewhere = await sendCredential(browser, page, key.get(other.options));
    expect(wordsOf(elsewhere)).toContain('That key was not accepted');
    server.clock.advance(601);
    const late = await askedForKey();
    expect(wordsOf(await sendCredential(late.browser, late.page, key.get(options)))).toContain('That key was not accepted');
    const answer = key.get(late.options);
    expect((await sendCredential(late.browser, late.page, answer)).text).toContain('name="decision"');
    const again = await askedForKey();
    expect(wordsOf(await sendCredential(again.browser, again.page, answer))).toContain('That key was not accepted');
  });

  it('survive whatever is sent instead of an answer', async () => {
    const { browser, page } = await enrol({ challenge: 'AAAA' });
    const { after } = await enrol();
    expect(recoveryCodesOf(after)).toHaveLength(10);
    const [asked, start] = [await askedForKey(), await atSignIn()];
    await run('DELETE FROM oauth2_passkey');
    const broken = ['x', '{}', '[]', 'null', '{"id":1}', '{"id":"a","response":{"clientDataJSON":"e30"}}', 'x'.repeat(10_000)];
    for (const sent of broken) {
      const answers = [
        await sendCredential(asked.browser, asked.page, sent),
        await sendCredential(start.browser, start.page, sent),
        await sendCredential(browser, page, sent),
      ];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    }
    expect((await sendCredential(start.browser, start.page, 'x'.repeat(40_000))).status).toBeLessThan(500);
    expect(await keys()).toEqual([]);
  });

  it.each<[string, Behaviour]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another RP id', { rpId: 'evil.example' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['another ceremony', { type: 'webauthn.get' }],
  ])('are not enrolled with %s', async (_what, behaviour) => {
    const { after } = await enrol(behaviour);
    expect(wordsOf(after)).toContain('The key could not be set up');
    expect(await keys()).toEqual([]);
    expect(await run('SELECT code_hash FROM oauth2_recovery_code')).toEqual([]);
  });

  it('are enrolled once, and by one person', async () => {
    const { key } = await enrol();
    await run('UPDATE oauth2_passkey SET subject = ?', [TOTP_DOCTOR.subject]);
    const { after } = await enrol({}, key);
    expect(wordsOf(after)).toContain('The key could not be set up');
    expect(await keys()).toMatchObject([{ subject: TOTP_DOCTOR.subject }]);
  });

  it('do not help somebody else', async () => {
    const { key } = await enrol();
    await run('UPDATE oauth2_passkey SET subject = ?', [TOTP_DOCTOR.subject]);
    await enrol();
    const { browser, page, options } = await askedForKey();
    expect(wordsOf(await sendCredential(browser, page, key.get(options)))).toContain('That key was not accepted');
    expect(await lastLine()).toContain('key is not known');
  });
});
