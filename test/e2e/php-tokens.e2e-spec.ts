import { EhrServer, type EhrTokens } from '../support/ehr-server.js';
import { EHR_VECTORS } from '../support/ehr-vectors.js';
import { approvedClient, OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { ShiftableClock } from '../support/shiftable-clock.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const SCOPES = ['openid', 'profile', 'offline_access', 'api:oemr', 'user/Patient.read'];

describe("Tokens of the EHR's own server", () => {
  let server: TestServer;
  let ehr: EhrServer;
  let client: OAuthClient;
  let other: OAuthClient;
  let tokens: EhrTokens;

  const run = (sql: string, values: unknown[]): Promise<unknown> => server.database.query(sql, values);
  const issue = (changes: Partial<Parameters<EhrServer['issue']>[0]> = {}) =>
    ehr.issue({ clientId: client.clientId, subject: CLINICIAN.subject, scopes: SCOPES, ...changes });
  const refused = async (token: string) => {
    const { status, body } = await client.refresh(token);
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
    tokens = await issue();
  });

  describe('introspection', () => {
    const ask = async (token: string, by: OAuthClient = client) => (await by.introspect(token)).body;

    it('tells about a refresh token', async () => {
      const facts = { scope: SCOPES.join(' '), sub: CLINICIAN.subject, client_id: client.clientId, exp: tokens.members['expire_time'] };
      expect(await ask(tokens.refreshToken)).toEqual({ active: true, status: 'active', ...facts });
      expect(await ask(tokens.refreshToken, other)).toEqual({ active: false, status: 'invalid' });
      await client.refresh(tokens.refreshToken);
      expect(await ask(tokens.refreshToken)).toEqual({ active: false, status: 'revoked', ...facts });
      const { refreshToken } = await issue({ refreshEnd: 1_700_000_000 });
      expect(await ask(refreshToken)).toMatchObject({ active: false, status: 'expired', exp: 1_700_000_000 });
      await run('DELETE FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
      expect(await ask(refreshToken)).toMatchObject({ active: false, status: 'revoked' });
    });

    it('tells about an access token', async () => {
      const now = server.clock.now().getTime() / 1000;
      const facts = { scope: SCOPES.join(' '), sub: CLINICIAN.subject, client_id: client.clientId };
      expect(await ask(tokens.accessToken)).toEqual({
        active: true,
        status: 'active',
        ...facts,
        exp: expect.any(Number),
        iat: expect.any(Number),
        jti: tokens.jti,
        aud: [client.clientId],
        token_type: 'Bearer',
      });
      expect(await ask(tokens.accessToken, other)).toEqual({ active: false, status: 'invalid' });
      const { accessToken } = await issue({ accessEnd: now - 0.5 });
      expect(await ask(accessToken)).toMatchObject({ active: false, status: 'expired', ...facts });
      await client.refresh(tokens.refreshToken);
      expect(await ask(tokens.accessToken)).toMatchObject({ active: false, status: 'revoked', ...facts });
    });
  });

  it('userinfo takes an access token, until it ends', async () => {
    expect(await client.userinfo(tokens.accessToken)).toMatchObject({
      status: 200,
      body: { sub: CLINICIAN.subject, family_name: expect.any(String) },
    });
    await run('UPDATE api_token SET revoked = 1 WHERE token = ?', [tokens.jti]);
    expect(await client.userinfo(tokens.accessToken)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  describe('revocation', () => {
    it('ends a refresh token with its access token', async () => {
      expect((await client.revoke(tokens.refreshToken)).status).toBe(200);
      expect(await ehr.revoked(tokens)).toEqual([1, 1]);
      expect(await refused(tokens.refreshToken)).toEqual([400, 'invalid_grant']);
      expect((await client.revoke(tokens.refreshToken)).status).toBe(200);
    });

    it('ends an access token alone', async () => {
      expect((await client.revoke(tokens.accessToken)).status).toBe(200);
      expect(await ehr.revoked(tokens)).toEqual([1, 0]);
    });

    it('is refused to another client', async () => {
      expect((await other.revoke(tokens.refreshToken)).body.error).toBe('invalid_grant');
      expect(await ehr.revoked(tokens)).toEqual([0, 0]);
    });

    it('of a refresh token that was exchanged ends what it gave', async () => {
      const { body } = await client.refresh(tokens.refreshToken);
      expect((await client.revoke(tokens.refreshToken)).status).toBe(200);
      expect((await client.introspect(String(body['access_token']))).body).toMatchObject({ status: 'revoked' });
      expect(await refused(String(body['refresh_token']))).toEqual([400, 'invalid_grant']);
    });
  });
});

/** The keys of the EHR's demo site are those with which PHP made the vectors; the embedded site has keys of its own. */
if (TEST_DATABASE === 'mysql') {
  describe('Tokens that PHP made', () => {
    let server: TestServer;
    let client: OAuthClient;
    const { access_token: access } = EHR_VECTORS.jwt_samples;
    const { access_token_7_0: access70 } = EHR_VECTORS.jwt_samples;
    const refresh = EHR_VECTORS.opaque_tokens.find(({ kind }) => kind === 'refresh_token');
    const sealed = JSON.parse(refresh?.payload ?? '') as Record<string, string> & { scopes: string[]; expire_time: number };

    beforeAll(async () => {
      const clock = new ShiftableClock();
      clock.advance(1764000100 - clock.now().getTime() / 1000); // soon after they were made
      server = await startServer({ clock });
      const { client_id: clientId = '', user_id: subject = '', scopes, expire_time: refreshEnd } = sealed;
      const { clientId: drawn, registration } = await approvedClient(server, { scope: scopes.join(' ') });
      client = new OAuthClient(server, { ...registration, client_id: clientId });
      await server.database.query('UPDATE oauth_clients SET client_id = ? WHERE client_id = ?', [clientId, drawn]);
      const uuid = Buffer.from(subject.replaceAll('-', ''), 'hex');
      await server.database.query('UPDATE users SET uuid = ? WHERE username = ?', [uuid, CLINICIAN.username]);
      const facts = {
        clientId,
        subject,
        scopes,
        issuedAt: 1764000000,
        accessEnd: 1764003600,
        refreshEnd,
        context: [],
        grantType: 'authorization_code',
      };
      await EhrServer.beside(server).write(facts, sealed['access_token_id'] ?? '', sealed['refresh_token_id'] ?? '');
    });
    afterAll(() => server.stop());

    it('introspect, open userinfo, and are exchanged once', async () => {
      for (const { token } of [access, access70].flatMap((sample) => sample ?? [])) {
        expect((await client.introspect(token)).body).toMatchObject({
          active: true,
          sub: sealed['user_id'],
          jti: sealed['access_token_id'],
        });
        expect(await client.userinfo(token)).toMatchObject({ status: 200, body: { sub: sealed['user_id'] } });
      }
      expect((await client.introspect(refresh?.token)).body).toMatchObject({ active: true, exp: sealed.expire_time });
      expect(await client.refresh(refresh?.token)).toMatchObject({ status: 200, body: { scope: sealed.scopes.join(' ') } });
      expect((await client.introspect(access?.token)).body).toMatchObject({ active: false, status: 'revoked' });
      expect((await client.refresh(refresh?.token)).body.error).toBe('invalid_grant');
    });
  });
}
