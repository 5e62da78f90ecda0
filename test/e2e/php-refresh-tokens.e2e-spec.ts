import { EhrServer, type EhrTokens } from '../support/ehr-server.js';
import { approvedClient, decodeJwt, OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPES = ['openid', 'profile', 'offline_access', 'api:oemr', 'user/Patient.read'];
const CONTEXT = { patient: PATIENT.subject, need_patient_banner: true, smart_style_url: 'https://emr.example.org/style' };

describe("Refresh tokens of the EHR's own server", () => {
  let server: TestServer;
  let ehr: EhrServer;
  let client: OAuthClient;
  let other: OAuthClient;
  let tokens: EhrTokens;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const issue = (changes: Partial<Parameters<EhrServer['issue']>[0]> = {}) =>
    ehr.issue({ clientId: client.clientId, subject: CLINICIAN.subject, scopes: SCOPES, ...changes });
  const detail = () => server.logs.refusals().at(-1)?.detail;
  const refused = async (token: string, by: OAuthClient = client) => {
    const { status, body } = await by.refresh(token);
    return [status, body.error];
  };

  beforeAll(async () => {
    server = await startServer();
    ehr = EhrServer.beside(server);
    client = await approvedClient(server);
    other = await approvedClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await run('UPDATE users SET active = 1 WHERE username = ?', [CLINICIAN.username]);
    tokens = await issue();
  });

  it('are exchanged for ours, with the launch context that they had', async () => {
    tokens = await issue({ context: CONTEXT });
    const trusted = await run('SELECT * FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    const { status, body } = await client.refresh(tokens.refreshToken);
    expect([status, body]).toEqual([200, expect.objectContaining({ ...CONTEXT, scope: SCOPES.join(' '), token_type: 'Bearer' })]);
    expect(body['refresh_token']).toMatch(/^[\w-]{54}$/);
    const { claims } = decodeJwt(String(body['id_token']));
    expect(claims).toMatchObject({ sub: CLINICIAN.subject, aud: client.clientId });
    for (const unknown of ['nonce', 'auth_time', 'amr', 'acr', 'sid']) expect(claims).not.toHaveProperty(unknown);
    expect(await ehr.revoked(tokens)).toEqual([1, 1]);
    expect(await run('SELECT * FROM oauth_trusted_user WHERE client_id = ?', [client.clientId])).toEqual(trusted);
  });

  it('leave rows as if they had been issued here', async () => {
    tokens = await issue({ context: CONTEXT, grantType: 'password' });
    const { body } = await client.refresh(tokens.refreshToken);
    const jti = decodeJwt(String(body['access_token'])).claims['jti'];
    const [row] = await run('SELECT user_id, client_id, scope, revoked, context FROM api_token WHERE token = ?', [jti]);
    expect(row).toEqual({
      user_id: CLINICIAN.subject,
      client_id: client.clientId,
      scope: JSON.stringify(SCOPES),
      revoked: 0,
      context: JSON.stringify(CONTEXT),
    });
    const family = await run(
      'SELECT i.jti, i.successor_jti, g.role, g.grant_type, g.sid, g.auth_time, g.amr, g.ended_at FROM oauth2_issuance i INNER JOIN oauth2_grant g ON g.id = i.grant_id WHERE i.jti IN (?, ?) ORDER BY i.rotated_at IS NULL',
      [tokens.jti, jti],
    );
    const shared = { role: 'users', grant_type: 'password', sid: null, auth_time: null, amr: '', ended_at: null };
    expect(family).toEqual([
      { jti: tokens.jti, successor_jti: jti, ...shared },
      { jti, successor_jti: null, ...shared },
    ]);
  });

  it('of patients are exchanged as well', async () => {
    tokens = await issue({ subject: PATIENT.subject });
    const { status, body } = await client.refresh(tokens.refreshToken);
    expect([status, decodeJwt(String(body['access_token'])).claims['sub']]).toEqual([200, PATIENT.subject]);
  });

  it('begin a family: what they gave can be refreshed, and ends when they come a second time', async () => {
    const first = (await client.refresh(tokens.refreshToken)).body;
    const second = (await client.refresh(String(first['refresh_token']))).body;
    expect((await client.introspect(String(second['access_token']))).body).toMatchObject({ active: true });
    expect(await refused(tokens.refreshToken)).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('reuse');
    expect((await client.introspect(String(second['access_token']))).body).toMatchObject({ active: false, status: 'revoked' });
    expect(await refused(String(second['refresh_token']))).toEqual([400, 'invalid_grant']);
  });

  it('may hold scopes that nobody can ask for', async () => {
    tokens = await issue({ scopes: [...SCOPES, 'nonce', 'site:default'] });
    const { body } = await client.refresh(tokens.refreshToken);
    expect(body['scope']).toBe(SCOPES.join(' '));
  });

  it('give fewer scopes on request, and not more', async () => {
    expect((await client.refresh(tokens.refreshToken, { scope: 'openid email' })).body.error).toBe('invalid_scope');
    expect(await ehr.revoked(tokens)).toEqual([0, 0]);
    const { status, body } = await client.refresh(tokens.refreshToken, { scope: 'openid' });
    expect([status, body['scope']]).toEqual([200, 'openid']);
  });

  it.each<[string, string, (facts: EhrTokens) => unknown[], string | null]>([
    [
      'was revoked by an administrator',
      'UPDATE api_refresh_token SET revoked = 1 WHERE token = ?',
      ({ identifier }) => [identifier],
      'revoked',
    ],
    ['is not on record', 'DELETE FROM api_refresh_token WHERE token = ?', ({ identifier }) => [identifier], 'revoked'],
    [
      'is on record for somebody else',
      "UPDATE api_refresh_token SET user_id = '' WHERE token = ?",
      ({ identifier }) => [identifier],
      'revoked',
    ],
    [
      'is on record for another client',
      "UPDATE api_refresh_token SET client_id = '' WHERE token = ?",
      ({ identifier }) => [identifier],
      'revoked',
    ],
    [
      'is of a person who signed out',
      'DELETE FROM oauth_trusted_user WHERE client_id = ?',
      ({ members }) => [members['client_id']],
      'revoked',
    ],
    [
      'is of an emptied trust',
      "UPDATE oauth_trusted_user SET session_cache = '' WHERE client_id = ?",
      ({ members }) => [members['client_id']],
      'revoked',
    ],
    ['is of a person who left', 'UPDATE users SET active = 0 WHERE username = ?', () => [CLINICIAN.username], null],
  ])('are refused when one %s', async (_name, sql, values, why) => {
    await run(sql, values(tokens));
    expect(await refused(tokens.refreshToken)).toEqual([400, 'invalid_grant']);
    expect(detail() ?? null).toBe(why);
    expect(await run('SELECT jti FROM oauth2_issuance WHERE jti = ?', [tokens.jti])).toEqual([]);
  });

  it('are refused after their end', async () => {
    tokens = await issue({ refreshEnd: Math.floor(server.clock.now().getTime() / 1000) });
    const { status, body } = await client.refresh(tokens.refreshToken);
    expect([status, body.error_description]).toEqual([400, 'the refresh token has expired']);
  });

  it('are refused to another client, and stay good for their own', async () => {
    expect(await refused(tokens.refreshToken, other)).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('of another client');
    expect(await ehr.revoked(tokens)).toEqual([0, 0]);
    expect((await client.refresh(tokens.refreshToken)).status).toBe(200);
  });

  it('are refused when tampered with, sealed for something else, or of nobody', async () => {
    const digit = tokens.refreshToken.endsWith('0') ? '1' : '0';
    const strangers = { ...tokens.members, user_id: '00000000-0000-4000-8000-000000000000' };
    const wrong = [
      `${tokens.refreshToken.slice(0, -1)}${digit}`,
      `def50200${'00'.repeat(200)}`,
      await ehr.seal({ ...tokens.members, refresh_token_id: undefined, auth_code_id: tokens.identifier }),
      await ehr.seal({ ...tokens.members, expire_time: 'tomorrow' }),
      await ehr.seal([]),
      await ehr.seal(strangers),
    ];
    for (const token of wrong) {
      expect(await refused(token)).toEqual([400, 'invalid_grant']);
      expect(detail()).toBe('unknown');
      expect((await client.introspect(token)).body).toEqual({ active: false, status: 'invalid' });
      expect((await client.revoke(token)).status).toBe(200);
    }
    expect(await ehr.revoked(tokens)).toEqual([0, 0]);
  });

  /** The last test: a second process takes the log over. */
  it('are exchanged once when they come many times at once, to two processes', async () => {
    const replica = await server.replica();
    const there = new OAuthClient(
      { origin: replica.origin, issuer: server.issuer.replace(/:\d+/, `:${replica.config.port}`) },
      client.registration,
    );
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? client : there).refresh(tokens.refreshToken)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
    expect(new Set(answers.flatMap(({ body }) => body.error ?? []))).toEqual(new Set(['invalid_grant']));
  });
});
