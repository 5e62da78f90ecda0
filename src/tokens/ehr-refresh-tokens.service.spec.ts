import { EhrServer, type EhrTokens } from '../../test/support/ehr-server.js';
import { claimsOf, CLINICIAN, PUBLIC, TokenServer } from '../../test/support/token-server.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { Transactions } from '../platform/database/transactions.js';
import { EhrRefreshTokens } from './ehr-refresh-tokens.service.js';

describe('EhrRefreshTokens', () => {
  let server: TokenServer;
  let ehr: EhrServer;
  let tokens: EhrTokens;
  const issue = (context: object = []) =>
    ehr.issue({ clientId: PUBLIC, subject: CLINICIAN, scopes: ['openid', 'offline_access', 'api:fhir'], context });
  const find = (text: string) => server.get(EhrRefreshTokens).find(text);
  const isRevoked = async (accessToken: string) => {
    const [row] = await server.query('SELECT revoked FROM api_token WHERE token = ?', [claimsOf(accessToken)['jti']]);
    return Number(row?.['revoked']) === 1;
  };

  beforeAll(async () => {
    server = await TokenServer.start({ CHARTKEY_REFRESH_GRACE: '30' });
    ehr = new EhrServer({ site: server.get(EhrSite), clock: server.clock, query: (sql, values) => server.query(sql, values) });
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    tokens = await issue();
  });

  it('belong to no family until they are exchanged, and to that of their successor afterwards', async () => {
    expect(await find(tokens.refreshToken)).toMatchObject({ isOfEhr: true, isEnded: false, isRevoked: false, rotatedAt: null });
    const { access_token: successor } = await server.refresh(tokens.refreshToken);
    expect(await find(tokens.refreshToken)).toMatchObject({
      isOfEhr: false,
      isRevoked: true,
      rotatedAt: server.clock.now(),
      successor: { jti: claimsOf(successor)['jti'] },
    });
  });

  it('may be repeated within the grace period, like ours', async () => {
    const lost = await server.refresh(tokens.refreshToken);
    server.clock.advance(29);
    const second = await server.refresh(tokens.refreshToken);
    expect(await Promise.all([lost, second].map((answer) => isRevoked(answer.access_token)))).toEqual([true, false]);
    server.clock.advance(1);
    await expect(server.refresh(tokens.refreshToken)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'reuse' });
    expect(await isRevoked(second.access_token)).toBe(true);
  });

  it('end with the family that they became part of while their end was decided', async () => {
    const before = await find(tokens.refreshToken);
    const { access_token: successor } = await server.refresh(tokens.refreshToken);
    const end = () => server.get(Transactions).run(async (tx) => before && server.get(EhrRefreshTokens).end(tx, before));
    expect([await end(), await end()]).toEqual([true, false]);
    expect(await isRevoked(successor)).toBe(true);
  });

  it.each<[string, object]>([
    ['[]', {}],
    ['{"patient":"p","intent":"main.tab"}', { patient: 'p', intent: 'main.tab' }],
    ['', {}],
    ['{"patient', {}],
    ['"patient"', {}],
    ['null', {}],
  ])('take over the context %s', async (text, launchContext) => {
    await server.query('UPDATE api_token SET context = ? WHERE token = ?', [text, tokens.jti]);
    expect((await find(tokens.refreshToken))?.grant.launchContext).toEqual(launchContext);
  });

  it.each(['UPDATE api_token SET context = NULL', 'DELETE FROM api_token', "UPDATE api_token SET user_id = ''"])(
    'go without a context after: %s',
    async (sql) => {
      tokens = await issue({ patient: 'p' });
      await server.query(sql);
      expect((await find(tokens.refreshToken))?.grant.launchContext).toEqual({});
    },
  );

  it('began with a code where the EHR does not say', async () => {
    await server.query('UPDATE oauth_trusted_user SET grant_type = NULL');
    expect((await find(tokens.refreshToken))?.grant.grantType).toBe('authorization_code');
  });
});
