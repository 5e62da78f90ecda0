import { TOTP } from 'otpauth';
import { approvedClient, decodeJwt, getJson, type JsonAnswer, type OAuthClient, postForm, publicClient } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN, GONE, PATIENT, PENDING_PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { setGlobal as set } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid offline_access api:oemr user/Patient.read';
const STAFF = { username: CLINICIAN.username, password: CLINICIAN.password, user_role: 'users' };
const DOCTOR = { username: TOTP_DOCTOR.username, password: TOTP_DOCTOR.password, user_role: 'users' };
const PORTAL = { username: PATIENT.username, password: PATIENT.password, user_role: 'patient', email: PATIENT.email };
const REFUSED = [400, { error: 'invalid_grant', error_description: 'the credentials are not valid' }];

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

describe('Password grant', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const ask = (fields: Fields, path = 'token', by: OAuthClient = client): Promise<JsonAnswer> =>
    postForm(`${server.issuer}/${path}`, { grant_type: 'password', scope: SCOPE, ...by.credentials, ...fields });
  const outcome = async (fields: Fields, path?: string): Promise<unknown[]> => {
    const { status, body } = await ask(fields, path);
    return [status, body];
  };
  const code = () =>
    TOTP.generate({ secret: new TOTP({ secret: TOTP_DOCTOR.totpSecret }).secret, timestamp: server.clock.now().getTime() });
  const wrongCode = () => String((Number(code()) + 500_000) % 1_000_000).padStart(6, '0');
  const setGlobal = (name: string, value: string) => set(server, name, value);

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await run('UPDATE users_secure SET login_fail_counter = 0');
    await run('DELETE FROM ip_tracking');
    await setGlobal('oauth_password_grant', '3');
    server.clock.advance(60); // a code of the test before would count as used
  });

  it.each([
    ['0', 'unsupported_grant_type', 'unsupported_grant_type'],
    ['1', undefined, 'invalid_grant'],
    ['2', 'invalid_grant', undefined],
    ['3', undefined, undefined],
    ['', 'unsupported_grant_type', 'unsupported_grant_type'],
  ])('with the setting %j answers staff with %s and patients with %s', async (value, staff, patient) => {
    await setGlobal('oauth_password_grant', value);
    expect([(await ask(STAFF)).body.error, (await ask(PORTAL)).body.error]).toEqual([staff, patient]);
    const { body } = await getJson(`${server.issuer}/.well-known/openid-configuration`);
    expect((body['grant_types_supported'] as string[]).includes('password')).toBe(staff !== 'unsupported_grant_type');
  });

  it('is off where the EHR has no such setting', async () => {
    await run('DELETE FROM globals WHERE gl_name = ?', ['oauth_password_grant']);
    server.clock.advance(6);
    expect(await outcome({ ...STAFF, password: undefined })).toEqual([400, expect.objectContaining({ error: 'unsupported_grant_type' })]);
  });

  it.each([
    ['staff', STAFF, CLINICIAN.subject],
    ['patients', PORTAL, PATIENT.subject],
  ])('gives %s tokens and leaves the row that the EHR asks for', async (_who, fields, subject) => {
    const scope = `${SCOPE} email  api:fhir`;
    const granted = fields.user_role === 'users' ? `${SCOPE} email` : 'openid offline_access email'; // the rest the EHR opens to staff alone
    const { status, body, headers } = await ask({ ...fields, scope });
    expect([status, body['scope'], headers.get('cache-control')]).toEqual([200, granted, 'no-store']);
    expect(decodeJwt(String(body['access_token'])).claims).toMatchObject({ sub: subject, client_id: client.clientId });
    const { claims } = decodeJwt(String(body['id_token']));
    expect(claims).toMatchObject({ sub: subject, amr: ['pwd'], acr: '1', auth_time: claims['iat'] });
    expect(claims).not.toHaveProperty('sid');
    const [trusted, ...more] = await run<Record<string, string>>(
      'SELECT grant_type, scope, persist_login, code, session_cache FROM oauth_trusted_user WHERE user_id = ?',
      [subject],
    );
    expect(more).toEqual([]);
    expect(trusted).toMatchObject({ grant_type: 'password', scope, persist_login: 0, code: null });
    expect(JSON.parse(trusted?.['session_cache'] ?? '')).toEqual({
      site_id: 'default',
      pass_user_id: subject,
      pass_username: fields.username,
      pass_user_role: fields.user_role,
      pass_user_email: 'email' in fields ? fields.email : '',
    });
    expect((await client.introspect(String(body['access_token']))).body['active']).toBe(true);
    expect((await client.userinfo(String(body['access_token']))).body['sub']).toBe(subject);
    const refreshed = await client.refresh(String(body['refresh_token']));
    expect([refreshed.status, decodeJwt(String(refreshed.body['id_token'])).claims['amr']]).toEqual([200, ['pwd']]);
  });

  it('gives no refresh token without offline_access and no ID token without openid', async () => {
    const { body } = await ask({ ...STAFF, scope: 'api:oemr' });
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
  });

  it.each<[string, Fields]>([
    ['a wrong password', { ...STAFF, password: 'wrong' }],
    ['an unknown name', { ...STAFF, username: 'nobody-here' }],
    ['a disabled account', { username: GONE.username, password: GONE.password, user_role: 'users' }],
    ['a role that does not exist', { ...STAFF, user_role: 'admin' }],
    ['staff who ask as patients', { ...PORTAL, username: ADMIN.username, password: ADMIN.password }],
    ['patients who ask as staff', { ...PORTAL, user_role: 'users' }],
    ['a patient who may not use the portal', { ...PENDING_PATIENT, user_role: 'patient' }],
  ])('refuses %s in the same words', async (_what, fields) => {
    expect(await outcome(fields)).toEqual(REFUSED);
  });

  it('compares the e-mail address of patients where the EHR is set so, and wants one anywhere', async () => {
    await setGlobal('enforce_signin_email', '1');
    expect(await outcome({ ...PORTAL, email: 'other@example.org' })).toEqual(REFUSED);
    expect((await ask(PORTAL)).status).toBe(200);
    await setGlobal('enforce_signin_email', '0');
    expect((await ask({ ...PORTAL, email: 'other@example.org' })).status).toBe(200);
    expect(await outcome({ ...PORTAL, email: '' })).toEqual([400, { error: 'invalid_request', error_description: 'email is missing' }]);
  });

  it.each<[string, Fields, string]>([
    ['no username', { ...STAFF, username: undefined }, 'invalid_request'],
    ['no password', { ...STAFF, password: '' }, 'invalid_request'],
    ['no user_role', { ...STAFF, user_role: undefined }, 'invalid_request'],
    ['two usernames', { ...STAFF, username: ['clinician', 'admin'] }, 'invalid_request'],
    ['no scope', { ...STAFF, scope: undefined }, 'invalid_scope'],
    ['an unknown scope', { ...STAFF, scope: 'openid nonsense' }, 'invalid_scope'],
    ['only scopes of other clients', { ...STAFF, scope: 'api:fhir' }, 'invalid_scope'],
  ])('refuses %s, and counts nothing against the account', async (_what, fields, error) => {
    expect(await outcome(fields)).toEqual([400, expect.objectContaining({ error })]);
    expect(await run('SELECT username FROM users_secure WHERE login_fail_counter > 0')).toEqual([]);
  });

  it('asks for the secret of clients that have one, and for none of public clients', async () => {
    expect(await outcome({ ...STAFF, client_secret: undefined })).toEqual([401, expect.objectContaining({ error: 'invalid_client' })]);
    const open = await publicClient(server);
    await run('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [open.clientId]);
    expect((await ask({ ...STAFF, scope: 'openid' }, 'token', open)).status).toBe(200);
    await run('UPDATE oauth_clients SET is_enabled = 0 WHERE client_id = ?', [open.clientId]);
    expect((await ask({ ...STAFF, scope: 'openid' }, 'token', open)).body.error).toBe('unauthorized_client');
  });

  it('wants the code of people who have a second factor, once', async () => {
    expect(await outcome(DOCTOR)).toEqual([401, { error: 'mfa_token_required', error_description: 'MFA token required.' }]);
    const invalid = [401, { error: 'mfa_token_invalid', error_description: 'The MFA code you entered was not valid.' }];
    expect(await outcome({ ...DOCTOR, mfa_token: wrongCode() })).toEqual(invalid);
    expect(await outcome({ ...DOCTOR, mfa_token: '12345' })).toEqual(invalid);
    const mfaToken = code();
    const { status, body } = await ask({ ...DOCTOR, mfa_token: mfaToken });
    expect([status, decodeJwt(String(body['id_token'])).claims]).toEqual([
      200,
      expect.objectContaining({ amr: ['pwd', 'otp', 'mfa'], acr: '2' }),
    ]);
    expect(await outcome({ ...DOCTOR, mfa_token: mfaToken })).toEqual(invalid);
    expect(await outcome({ ...DOCTOR, password: 'wrong', mfa_token: code() })).toEqual(REFUSED);
  });

  it('does not take codes of people without a second factor, nor people whose factor needs a browser', async () => {
    const unsupported = [403, { error: 'mfa_not_supported', error_description: 'MFA not supported.' }];
    expect(await outcome({ ...STAFF, mfa_token: '123456' })).toEqual(unsupported);
    expect(await outcome({ ...PORTAL, mfa_token: '123456' })).toEqual(unsupported);
    await run("UPDATE login_mfa_registrations SET method = 'U2F' WHERE method = 'TOTP'");
    const answers = [await outcome(DOCTOR), await outcome({ ...DOCTOR, mfa_token: code() })];
    await run("UPDATE login_mfa_registrations SET method = 'TOTP' WHERE method = 'U2F'");
    expect(answers).toEqual([unsupported, unsupported]);
  });

  it('locks an account after twenty failures, wrong codes among them', async () => {
    for (let n = 0; n < 10; n += 1) expect((await ask({ ...DOCTOR, password: 'wrong' })).body.error).toBe('invalid_grant');
    for (let n = 0; n < 10; n += 1) expect((await ask({ ...DOCTOR, mfa_token: wrongCode() })).body.error).toBe('mfa_token_invalid');
    expect(await run('SELECT login_fail_counter AS n FROM users_secure WHERE username = ?', [DOCTOR.username])).toEqual([{ n: 20 }]);
    expect(await outcome({ ...DOCTOR, mfa_token: code() })).toEqual(REFUSED);
    expect((await ask(STAFF)).status).toBe(200);
    server.clock.advance(3601);
    expect((await ask({ ...DOCTOR, mfa_token: code() })).status).toBe(200);
  });

  it('counts failures against the address they come from', async () => {
    await ask({ ...STAFF, password: 'wrong' });
    expect(await run('SELECT ip_string, ip_login_fail_counter FROM ip_tracking')).toEqual([
      { ip_string: expect.stringMatching(/127\.0\.0\.1$/), ip_login_fail_counter: expect.anything() },
    ]);
  });

  it('is served at its own address too, where grant_type may be left out and nothing else is served', async () => {
    expect((await ask({ ...STAFF, grant_type: undefined }, 'password')).status).toBe(200);
    expect((await ask({ ...STAFF, grant_type: '' }, 'password')).status).toBe(200);
    expect((await ask(STAFF, 'password')).status).toBe(200);
    const others: Fields[] = [{ grant_type: 'refresh_token' }, { grant_type: ['password', 'password'] }];
    others.push({ grant_type: undefined, username: ['clinician', 'admin'] });
    for (const other of others) expect((await ask({ ...STAFF, ...other }, 'password')).body.error).toBe('invalid_request');
    await setGlobal('oauth_password_grant', '0');
    expect((await ask({ ...STAFF, grant_type: undefined }, 'password')).body.error).toBe('unsupported_grant_type');
  });
});
