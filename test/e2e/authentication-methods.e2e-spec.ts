import { Compatibility } from '../../src/clients/compatibility.js';
import { RecoveryCodes } from '../../src/mfa/recovery-codes.service.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { type Answer, Browser } from '../support/browser.js';
import { allow, approvedClient, callbackOf, decodeJwt, type OAuthClient, postForm, SCOPE, type Tokens } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { arrive, codeOf, keyOptionsOf, sendCredential } from '../support/second-factor-steps.js';
import { setGlobal } from '../support/set-global.js';
import { type Behaviour, SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startServer, type TestServer } from '../support/start-server.js';

type Way = () => Promise<Tokens>;

const PASSWORD = ['pwd'];
const WITH_CODE = ['pwd', 'otp', 'mfa'];
const WITH_KEY = ['pwd', 'hwk', 'user', 'mfa'];

/** Whatever way somebody signs in, every token and every answer about one says how, and no more than that. @see RFC 8176 §2; RFC 9068 §2.2.1; RFC 9470 §6.2 */
describe('What tokens say of how somebody signed in', () => {
  let server: TestServer;
  let client: OAuthClient;
  let forPatients: OAuthClient;
  let lenient: OAuthClient;
  let passkey: SoftwareAuthenticator;
  let securityKey: SoftwareAuthenticator;

  const fresh = (): Browser => new Browser(server.origin);
  const doctorsCode = (): string => codeOf(server, TOTP_DOCTOR.totpSecret);

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MFA_REMEMBER_DAYS: '30' } });
    client = await approvedClient(server);
    forPatients = await approvedClient(server, { scope: 'openid profile offline_access patient/Patient.read' });
    lenient = await approvedClient(server);
    await server.app
      .get(Transactions)
      .run((tx) => server.app.get(Compatibility).change(tx, lenient.clientId, ['password-without-mfa-token'], []));
    await setGlobal(server, 'oauth_password_grant', '3');
    passkey = await enrolPasskey();
    securityKey = await insertSecurityKey();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.advance(30)); // a code is good once

  const enrolPasskey = async (): Promise<SoftwareAuthenticator> => {
    const [browser, key] = [fresh(), new SoftwareAuthenticator(server.origin)];
    const page = await arrive(browser, client, CLINICIAN, { acr_values: '2' });
    await sendCredential(browser, page, key.create(await keyOptionsOf(browser, page)), { label: 'Key' });
    return key;
  };
  const insertSecurityKey = async (): Promise<SoftwareAuthenticator> => {
    const key = new SoftwareAuthenticator(server.origin);
    const data = JSON.stringify({ keyHandle: key.id, publicKey: key.point.toString('base64'), certificate: 'MIIB', counter: -1 });
    const sql = "INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (2, 'Old key', 'U2F', ?, '')";
    await server.database.query(sql, [data]);
    return key;
  };
  const tokensAt = async (by: OAuthClient, browser: Browser, page: Answer): Promise<Tokens> => {
    const answer = page.location === null ? await allow(browser, page) : page;
    return (await by.exchange(callbackOf(answer).get('code'))).body as unknown as Tokens;
  };
  const byPassword = (person: typeof ADMIN | typeof PATIENT, by = client): Way => {
    return async () => {
      const browser = fresh();
      return tokensAt(by, browser, await arrive(browser, by, person, by === forPatients ? { scope: 'openid offline_access' } : {}));
    };
  };
  const byCode = async (code: string, more: Record<string, string> = {}, browser = fresh()): Promise<Tokens> =>
    tokensAt(client, browser, await browser.submit(await arrive(browser, client, TOTP_DOCTOR), { mfa_token: code, ...more }));
  const byKey = async (key: SoftwareAuthenticator, behaviour: Behaviour): Promise<Tokens> => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    return tokensAt(client, browser, await sendCredential(browser, page, key.get(await keyOptionsOf(browser, page), behaviour)));
  };
  const byKeyAlone = async (behaviour: Behaviour): Promise<Tokens> => {
    const browser = fresh();
    const page = await browser.open(client.authorizeUrl());
    return tokensAt(client, browser, await sendCredential(browser, page, passkey.get(await keyOptionsOf(browser, page), behaviour)));
  };
  const byGrant = async (
    person: { username: string; password: string },
    more: Record<string, string> = {},
    by = client,
  ): Promise<Tokens> => {
    const { username, password } = person;
    const form = { grant_type: 'password', user_role: 'users', username, password, scope: SCOPE, ...by.credentials, ...more };
    return (await postForm(`${server.issuer}/token`, form)).body as unknown as Tokens;
  };
  const recoveryCode = async (): Promise<string> => {
    const codes = await server.app.get(Transactions).run((tx) => server.app.get(RecoveryCodes).replace(tx, TOTP_DOCTOR.subject));
    return codes[0] ?? '';
  };

  const onRememberedBrowser = async (): Promise<Tokens> => {
    const browser = fresh();
    await byCode(doctorsCode(), { remember: '1' }, browser);
    return tokensAt(client, browser, await arrive(browser, client, TOTP_DOCTOR, { prompt: 'login' }));
  };
  const byU2fKey = (): Promise<Tokens> => {
    const appId = server.origin.replace('http:', 'https:');
    return byKey(securityKey, { appId, verifiesUser: false, userHandle: null });
  };

  it.each<[string, Way, readonly string[], '1' | '2']>([
    ['a password', () => byPassword(ADMIN)(), PASSWORD, '1'],
    ['a patient’s password', () => byPassword(PATIENT, forPatients)(), PASSWORD, '1'],
    ['a password and a code', () => byCode(doctorsCode()), WITH_CODE, '2'],
    ['a password on a remembered browser', onRememberedBrowser, PASSWORD, '1'],
    ['a password and a recovery code', async () => byCode(await recoveryCode()), WITH_CODE, '2'],
    ['a password and a passkey', () => byKey(passkey, { verifiesUser: false }), WITH_KEY, '2'],
    ['a password and a passkey that knew its owner', () => byKey(passkey, { verifiesUser: true }), WITH_KEY, '2'],
    ['a passkey alone', () => byKeyAlone({ verifiesUser: true }), ['hwk', 'user', 'mfa'], '2'],
    ['a password and a U2F key', byU2fKey, WITH_KEY, '2'],
    ['the password grant', () => byGrant(ADMIN), PASSWORD, '1'],
    ['the password grant with a code', () => byGrant(TOTP_DOCTOR, { mfa_token: doctorsCode() }), WITH_CODE, '2'],
    ['the password grant where a switch lets the code be left out', () => byGrant(TOTP_DOCTOR, {}, lenient), PASSWORD, '1'],
  ])('%s', async (what, way, amr, acr) => {
    const before = Math.floor(server.clock.now().getTime() / 1000);
    const tokens = await way();
    const by = what.startsWith('a patient') ? forPatients : what.includes('switch') ? lenient : client;
    const authTime = Number(decodeJwt(tokens.id_token ?? '').claims['auth_time']);
    expect(authTime).toBeGreaterThanOrEqual(before);
    const said = { amr, acr, auth_time: authTime };
    const heard = async ({ id_token: idToken = '', access_token: accessToken }: Tokens) => [
      decodeJwt(idToken).claims,
      decodeJwt(accessToken).claims,
      (await by.introspect(accessToken)).body,
    ];
    expect(await heard(tokens)).toMatchObject([said, said, { active: true, ...said }]);
    server.clock.advance(120);
    const refreshed = (await by.refresh(tokens.refresh_token)).body as unknown as Tokens;
    expect(await heard(refreshed)).toMatchObject([said, said, { active: true, ...said }]);
  });
});
