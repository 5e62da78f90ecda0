import { join } from 'node:path';
import { Browser } from '../support/browser.js';
import { askEhrApi, type EhrApiVerdict, localText } from '../support/ehr-api.js';
import {
  allow,
  approvedClient,
  CALLBACK,
  callbackOf,
  decodeJwt,
  type OAuthClient,
  publicClient,
  SCOPE,
  signIn,
  type Tokens,
} from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

type Row = Record<string, unknown>;
type Claims = { jti: string; iat: number; exp: number; scopes: string[] };

const REFRESH_LIFETIME = 90 * 86_400;
const TOKEN_ID = /^[0-9a-f]{80}$/;
const SIGNED_OUT = 'https://app.example/signed-out';
const SETTINGS_ARE_READ_AGAIN = 6; // seconds

describe.each(['UTC', 'America/New_York'])('The rows that the EHR reads, in an EHR that lives in %s', (timeZone) => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    await query("UPDATE globals SET gl_value = ? WHERE gl_name = 'gbl_time_zone'", [timeZone]);
    server.clock.advance(SETTINGS_ARE_READ_AGAIN);
  });

  beforeEach(async () => {
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const query = (sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query<Row[]>(sql, values);
  const rowsOf = (table: string, of = client): Promise<Row[]> =>
    query(`SELECT * FROM ${table} WHERE client_id = ? ORDER BY id`, [of.clientId]);
  const claimsOf = (tokens: Tokens): Claims => decodeJwt(tokens.access_token).claims as unknown as Claims;
  const localTime = (seconds: number): string => localText(new Date(seconds * 1000), timeZone);
  const refreshed = async (tokens: Tokens): Promise<Tokens> => {
    const answer = await client.refresh(tokens.refresh_token);
    expect(answer.status).toBe(200);
    return answer.body as unknown as Tokens;
  };
  const signOut = async (browser: Browser, tokens: Tokens): Promise<void> => {
    const uri = encodeURIComponent(SIGNED_OUT);
    const answer = await browser.get(`${server.issuer}/logout?id_token_hint=${tokens.id_token}&post_logout_redirect_uri=${uri}`);
    expect(answer.location).toBe(SIGNED_OUT);
  };
  const siteDir = (): string => server.config.ehrSiteDir ?? join(server.config.dataDir, 'embedded-site');
  const ask = ({ access_token: token }: Tokens, now = server.clock.now()): Promise<EhrApiVerdict> =>
    askEhrApi(query, token, { siteDir: siteDir(), timeZone, now });

  const accessRow = (tokens: Tokens, more: Row = {}): Row => {
    const { jti, exp } = claimsOf(tokens);
    const row = { id: expect.anything(), user_id: CLINICIAN.subject, token: jti, expiry: localTime(exp), client_id: client.clientId };
    return { ...row, scope: JSON.stringify(SCOPE.split(' ')), revoked: 0, context: '[]', ...more };
  };
  const refreshRow = (tokens: Tokens, more: Row = {}): Row => {
    const row = { id: expect.anything(), user_id: CLINICIAN.subject, client_id: client.clientId, token: expect.stringMatching(TOKEN_ID) };
    return { ...row, expiry: localTime(claimsOf(tokens).iat + REFRESH_LIFETIME), revoked: 0, ...more };
  };

  it('are as its own server leaves them after an exchange', async () => {
    const tokens = await client.tokens();
    const { jti, iat } = claimsOf(tokens);
    expect(jti).toMatch(TOKEN_ID);
    expect(await rowsOf('api_token')).toEqual([accessRow(tokens)]);
    expect(await rowsOf('api_refresh_token')).toEqual([refreshRow(tokens)]);
    const [trusted, ...others] = await rowsOf('oauth_trusted_user');
    expect(others).toEqual([]);
    expect(trusted).toEqual({
      ...{ id: expect.anything(), user_id: CLINICIAN.subject, client_id: client.clientId, scope: SCOPE, persist_login: 0 },
      ...{ time: expect.any(String), code: null, session_cache: expect.any(String), grant_type: 'authorization_code' },
    });
    const written = Date.parse(`${String(trusted?.['time']).replace(' ', 'T')}Z`) / 1000; // a TIMESTAMP, read in UTC
    expect(Math.abs(written - iat)).toBeLessThanOrEqual(1);
    expect(JSON.parse(String(trusted?.['session_cache']))).toMatchObject({
      ...{ site_id: 'default', csrf: 'the state', nonce: 'the nonce', scopes: SCOPE, client_id: client.clientId, client_role: 'user' },
      ...{ launch: null, redirect_uri: CALLBACK, user_id: CLINICIAN.subject, persist_login: 0 },
    });
  });

  it('name the patient where a patient signed in', async () => {
    const app = await publicClient(server, { scope: 'openid offline_access api:port patient/Patient.read' });
    const tokens = await app.tokens({ scope: 'openid api:port' }, PATIENT);
    const [trusted] = await rowsOf('oauth_trusted_user', app);
    expect(trusted).toMatchObject({ user_id: PATIENT.subject, scope: 'openid api:port' });
    expect(JSON.parse(String(trusted?.['session_cache']))).toMatchObject({ client_role: 'patient', pid: 1, puuid: PATIENT.subject });
    expect(await rowsOf('api_token', app)).toMatchObject([{ user_id: PATIENT.subject, scope: '["openid","api:port"]' }]);
    expect(await ask(tokens)).toEqual({ accepted: true, role: 'patient' });
  });

  it('hold what was asked for beside what was allowed', async () => {
    const browser = new Browser(server.origin);
    const consent = await signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN);
    const callback = callbackOf(await allow(browser, consent, { scope: ['openid', 'profile'] }));
    expect((await client.exchange(callback.get('code'))).status).toBe(200);
    const [trusted] = await rowsOf('oauth_trusted_user');
    expect(trusted).toMatchObject({ scope: SCOPE });
    expect(JSON.parse(String(trusted?.['session_cache']))).toMatchObject({ scopes: SCOPE });
    expect((await rowsOf('api_token')).map(({ scope }) => JSON.parse(String(scope)) as unknown)).toEqual([['openid', 'profile']]);
  });

  it('hold the wish to be remembered', async () => {
    const browser = new Browser(server.origin);
    const consent = await signIn(browser, await browser.open(client.authorizeUrl()), CLINICIAN);
    await client.exchange(callbackOf(await allow(browser, consent, { remember: '1' })).get('code'));
    const [trusted] = await rowsOf('oauth_trusted_user');
    expect(trusted).toMatchObject({ persist_login: 1 });
    expect(JSON.parse(String(trusted?.['session_cache']))).toMatchObject({ persist_login: 1 });
  });

  it('are one row of trust for client and person, however often they come', async () => {
    await client.tokens();
    const [first] = await rowsOf('oauth_trusted_user');
    const tokens = await client.tokens({ scope: 'openid api:oemr', state: 'another' });
    const after = await rowsOf('oauth_trusted_user');
    expect(after).toMatchObject([{ id: first?.['id'], scope: 'openid api:oemr' }]);
    expect(JSON.parse(String(after[0]?.['session_cache']))).toMatchObject({ csrf: 'another' });
    expect(await ask(tokens)).toEqual({ accepted: true, role: 'users' });
  });

  it('change with a refresh: the old tokens are revoked, the new ones beside them', async () => {
    const tokens = await client.tokens();
    const trusted = await rowsOf('oauth_trusted_user');
    server.clock.advance(120);
    const renewed = await refreshed(tokens);
    expect(await rowsOf('api_token')).toEqual([accessRow(tokens, { revoked: 1 }), accessRow(renewed)]);
    expect(await rowsOf('api_refresh_token')).toEqual([refreshRow(tokens, { revoked: 1 }), refreshRow(renewed)]);
    expect(await rowsOf('oauth_trusted_user')).toEqual(trusted);
    expect(await ask(tokens)).toMatchObject({ step: 3 });
    expect(await ask(renewed)).toEqual({ accepted: true, role: 'users' });
  });

  it('change with a revocation: of an access token alone, or of a refresh token with all that came of it', async () => {
    const tokens = await client.tokens();
    expect(await ask(tokens)).toEqual({ accepted: true, role: 'users' });
    await client.revoke(tokens.access_token);
    expect(await ask(tokens)).toMatchObject({ step: 3 });
    expect(await rowsOf('api_token')).toEqual([accessRow(tokens, { revoked: 1 })]);
    expect(await rowsOf('api_refresh_token')).toEqual([refreshRow(tokens)]);
    const renewed = await refreshed(tokens);
    expect(await ask(renewed)).toEqual({ accepted: true, role: 'users' });
    await client.revoke(renewed.refresh_token);
    expect(await ask(renewed)).toMatchObject({ step: 3 });
    expect((await rowsOf('api_refresh_token')).map(({ revoked }) => revoked)).toEqual([1, 1]);
    expect(await rowsOf('oauth_trusted_user')).toHaveLength(1); // the person's consent is not the client's to withdraw
  });

  it('end with a logout, and come alive again for the tokens of a new sign-in alone', async () => {
    const browser = new Browser(server.origin);
    const tokens = await client.tokens({}, CLINICIAN, browser);
    expect(await ask(tokens)).toEqual({ accepted: true, role: 'users' });
    await signOut(browser, tokens);
    expect(await rowsOf('oauth_trusted_user')).toEqual([]);
    expect(await rowsOf('api_token')).toEqual([accessRow(tokens, { revoked: 1 })]);
    expect(await rowsOf('api_refresh_token')).toEqual([refreshRow(tokens, { revoked: 1 })]);
    expect(await ask(tokens)).toMatchObject({ step: 3 });
    await query('UPDATE api_token SET revoked = 0 WHERE client_id = ?', [client.clientId]);
    expect(await ask(tokens)).toMatchObject({ step: 4 }); // the missing trust would do alone
    await query('UPDATE api_token SET revoked = 1 WHERE client_id = ?', [client.clientId]);
    const fresh = await client.tokens();
    expect(await ask(fresh)).toEqual({ accepted: true, role: 'users' });
    expect(await ask(tokens)).toMatchObject({ step: 3 });
  });

  it('let a token live to its last second and no longer, by the clock on the wall there', async () => {
    const tokens = await client.tokens();
    const { exp } = claimsOf(tokens);
    expect(await ask(tokens, new Date((exp - 1) * 1000))).toEqual({ accepted: true, role: 'users' });
    expect(await ask(tokens, new Date(exp * 1000))).toMatchObject({ step: 1 });
    const [row] = await rowsOf('api_token');
    expect(row?.['expiry']).toBe(localText(new Date(exp * 1000), timeZone));
    expect(row?.['expiry'] === localText(new Date(exp * 1000), 'UTC')).toBe(timeZone === 'UTC');
  });

  it('hold neither codes nor tokens themselves', async () => {
    const callback = await client.authorize();
    const tokens = (await client.exchange(callback.get('code'))).body as unknown as Tokens;
    const tables = ['oauth_trusted_user', 'api_token', 'api_refresh_token'];
    const text = JSON.stringify(await Promise.all(tables.map((table) => query(`SELECT * FROM ${table}`))));
    for (const secret of [callback.get('code'), tokens.access_token, tokens.refresh_token, tokens.id_token])
      expect(text).not.toContain(secret);
  });

  it.each([
    [
      'the person',
      'DELETE FROM oauth_trusted_user WHERE client_id = ?',
      { body: { status: 'revoked' } },
      { body: { error: 'invalid_grant' } },
    ],
    ['the access token', 'UPDATE api_token SET revoked = 1 WHERE client_id = ?', { body: { status: 'revoked' } }, { status: 200 }],
    [
      'the refresh token',
      'UPDATE api_refresh_token SET revoked = 1 WHERE client_id = ?',
      { body: { status: 'active' } },
      { body: { error: 'invalid_grant' } },
    ],
  ])('are obeyed when an administrator of the EHR revokes %s there', async (_, sql, introspected, refresh) => {
    const tokens = await client.tokens();
    await query(sql, [client.clientId]);
    expect(await client.introspect(tokens.access_token)).toMatchObject(introspected);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject(refresh);
  });
});
