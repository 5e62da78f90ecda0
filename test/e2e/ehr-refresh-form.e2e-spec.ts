import { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import { approvedClient, decodeJwt, OAuthClient, type Tokens } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { openAsPhp } from '../support/php-opaque.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPE = 'openid offline_access api:oemr user/Patient.read';

/** What `CHARTKEY_REFRESH_TOKEN_FORM=ehr` hands out. */
describe("Refresh tokens in the EHR's form", () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const tokens = (): Promise<Tokens> => visitor.tokens(client, { scope: SCOPE });
  const fresh = async (): Promise<string> => (await tokens()).refresh_token ?? '';
  const refused = async (token: string, by: OAuthClient = client) => {
    const { status, body } = await by.refresh(token);
    return [status, body.error];
  };

  /** What the EHR's server does with a refresh token before it issues new ones: opens it, and asks its tables. */
  const acceptsAsPhp = async (token: string): Promise<boolean> => {
    const sealed = openAsPhp(token, server.app.get(EhrSite).oauthKeys.opaqueTokenPassword);
    if (sealed['client_id'] !== client.clientId || Number(sealed['expire_time']) <= server.clock.now().getTime() / 1000) return false;
    const [refresh] = await run('SELECT revoked FROM api_refresh_token WHERE token = ?', [sealed['refresh_token_id']]);
    const [access] = await run('SELECT context FROM api_token WHERE token = ?', [sealed['access_token_id']]);
    return Number(refresh?.['revoked']) === 0 && access !== undefined;
  };

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_REFRESH_TOKEN_FORM: 'ehr' } });
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });
  afterAll(() => server.stop());

  it('say what the EHR would have sealed, and its server would accept them', async () => {
    const { refresh_token: token = '', access_token: accessToken } = await tokens();
    expect(await acceptsAsPhp(token)).toBe(true);
    const sealed = openAsPhp(token, server.app.get(EhrSite).oauthKeys.opaqueTokenPassword);
    const [row] = await run('SELECT token, expiry FROM api_refresh_token WHERE token = ?', [sealed['refresh_token_id']]);
    expect(sealed).toEqual({
      client_id: client.clientId,
      refresh_token_id: expect.stringMatching(/^[0-9a-f]{80}$/),
      access_token_id: decodeJwt(accessToken).claims['jti'],
      scopes: SCOPE.split(' '),
      user_id: CLINICIAN.subject,
      expire_time: expect.any(Number),
    });
    expect(new Date(`${String(row?.['expiry']).replace(' ', 'T')}Z`).getTime()).toBe(Number(sealed['expire_time']) * 1000);
  });

  it('are rotated into another of the same form, once', async () => {
    const first = await fresh();
    const second = String((await client.refresh(first)).body['refresh_token']);
    expect([await acceptsAsPhp(first), await acceptsAsPhp(second)]).toEqual([false, true]);
    expect(await refused(first)).toEqual([400, 'invalid_grant']);
    expect(server.logs.refusals().at(-1)?.detail).toBe('reuse');
    expect(await refused(second)).toEqual([400, 'invalid_grant']);
  });

  it('introspect, and end when they are revoked', async () => {
    const { refresh_token: token = '', access_token: accessToken } = await tokens();
    expect((await client.introspect(token)).body).toMatchObject({ active: true, sub: CLINICIAN.subject, scope: SCOPE });
    expect((await client.revoke(token)).status).toBe(200);
    expect((await client.introspect(token)).body).toMatchObject({ active: false, status: 'revoked' });
    expect((await client.introspect(accessToken)).body).toMatchObject({ active: false });
    expect(await acceptsAsPhp(token)).toBe(false);
  });

  it('are known by a hash alone', async () => {
    const token = await fresh();
    const rows = [...(await run('SELECT * FROM oauth2_issuance')), ...(await run('SELECT * FROM api_refresh_token'))];
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('are refused here once the EHR has exchanged them', async () => {
    const token = await fresh();
    const { refresh_token_id: identifier } = openAsPhp(token, server.app.get(EhrSite).oauthKeys.opaqueTokenPassword);
    await run('UPDATE api_refresh_token SET revoked = 1 WHERE token = ?', [identifier]);
    expect(await refused(token)).toEqual([400, 'invalid_grant']);
  });

  /** The last test: a second process takes the log over. */
  it('go on after the setting is back, and become our own', async () => {
    const token = await fresh();
    const replica = await server.replica({ CHARTKEY_REFRESH_TOKEN_FORM: 'own' });
    const there = new OAuthClient(
      { origin: replica.origin, issuer: server.issuer.replace(/:\d+/, `:${replica.config.port}`) },
      client.registration,
    );
    const { status, body } = await there.refresh(token);
    expect([status, body['refresh_token']]).toEqual([200, expect.stringMatching(/^[\w-]{54}$/)]);
    expect(await refused(token, there)).toEqual([400, 'invalid_grant']);
  });
});
