import { Browser } from '../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient, postForm } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, codeOf, goOn, setupKeyOf, wordsOf } from '../support/second-factor-steps.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const DAY = 86_400;

describe('The policy about second factors', () => {
  let server: TestServer;
  let client: OAuthClient;
  let forPatients: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const fresh = () => new Browser(server.origin);
  const byPassword = async (person: { username: string; password: string }) =>
    (
      await postForm(`${server.issuer}/token`, {
        ...{ grant_type: 'password', scope: 'openid', user_role: 'users', username: person.username, password: person.password },
        ...client.credentials,
      })
    ).body;

  beforeAll(async () => {
    server = await startServer({
      env: { CHARTKEY_MFA_STAFF: 'required', CHARTKEY_MFA_PATIENTS: 'off', CHARTKEY_MFA_GRACE_DAYS: '7' },
    });
    client = await approvedClient(server);
    forPatients = await approvedClient(server, { scope: 'openid profile patient/Patient.read' });
    await setGlobal(server, 'oauth_password_grant', '1');
    await setGlobal(server, 'password_expiration_days', '0');
  });
  afterAll(() => server.stop());

  it('reminds at each sign-in while grace lasts, and can be put off', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    expect(wordsOf(page)).toMatch(/asks for a second step at sign-in\. You can put this off until/);
    const consent = await browser.submit(page, { code: undefined, later: '1' });
    expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd'], acr: '1' });
    const signedIn = await browser.open(client.authorizeUrl());
    expect(signedIn.text).not.toContain('setup-key');
    expect(wordsOf(await arrive(fresh(), client, CLINICIAN))).toContain('put this off');
    expect((await byPassword(CLINICIAN)).error).toBeUndefined();
  });

  it('counts grace from the first sign-in under it, whoever asks', async () => {
    const before = await run('SELECT required_since FROM oauth2_mfa_state WHERE subject = ?', [CLINICIAN.subject]);
    server.clock.advance(DAY);
    await arrive(fresh(), client, CLINICIAN);
    expect(await run('SELECT required_since FROM oauth2_mfa_state WHERE subject = ?', [CLINICIAN.subject])).toEqual(before);
  });

  it('leads to enrolment and nowhere else when grace is over', async () => {
    server.clock.advance(7 * DAY);
    expect(await byPassword(CLINICIAN)).toEqual({
      error: 'invalid_grant',
      error_description: `a second factor must be enrolled first, at ${server.origin}/account/factors`,
    });
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    expect(wordsOf(page)).toMatch(/asks for a second step at sign-in\. Set one up to go on/);
    expect(page.text).not.toContain('name="later"');
    const again = await browser.submit(page, { code: undefined, later: '1' });
    expect(wordsOf(again)).toContain('Set one up to go on');
    const silent = callbackOf(await browser.open(client.authorizeUrl({ prompt: 'none' })));
    expect(silent.get('error')).toBe('unmet_authentication_requirements');
    const secret = setupKeyOf(again);
    const codes = await browser.submit(again, { code: codeOf(server, secret) });
    expect(await claimsAfter(browser, client, await goOn(browser, codes))).toMatchObject({ acr: '2' });
    server.clock.advance(30);
    expect((await arrive(fresh(), client, CLINICIAN)).text).toContain('name="mfa_token"');
  });

  it('holds for administrators too', async () => {
    expect(wordsOf(await arrive(fresh(), client, ADMIN))).toContain('You can put this off');
  });

  it('offers patients nothing where it is off, and an app that demands it is told so', async () => {
    const browser = fresh();
    const page = await arrive(browser, forPatients, PATIENT, { acr_values: '2' });
    expect(wordsOf(page)).toContain('does not offer one for your account');
    expect(page.text).not.toContain('setup-key');
    expect((await browser.get(`${page.url}/key`)).status).toBe(400);
    expect(callbackOf(await browser.submit(page, { cancel: '1' })).get('error')).toBe('access_denied');
    expect((await arrive(fresh(), forPatients, PATIENT)).text).toContain('name="decision"');
  });

  it('asks whoever has enrolled, and does not remind them', async () => {
    const browser = fresh();
    const page = await arrive(browser, client, TOTP_DOCTOR);
    const consent = await browser.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret) });
    expect(consent.text).toContain('name="decision"');
  });
});
