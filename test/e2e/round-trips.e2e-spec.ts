import { backendService, type BackendService } from '../support/backend-service.js';
import { approvedClient, getJson, type OAuthClient, SCOPE, type Tokens } from '../support/oauth-client.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';
import { statementsOf } from '../support/statements.js';

/** Each statement is a round trip: what a request costs in them must not grow unnoticed. The settings of the EHR are known from a request before. */
describe('Round trips to the database', () => {
  let server: TestServer;
  let client: OAuthClient;
  let service: BackendService;
  let tokens: Tokens;
  const get = (path: string) => getJson(`${server.issuer}/${path}`, { authorization: `Bearer ${tokens.access_token}` });

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: `${SCOPE} fhirUser` });
    service = await backendService(server);
    await service.ask();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    tokens = await client.tokens();
    await client.introspect(tokens.refresh_token); // reads what is kept for a few seconds
  });

  /** Does something once, with a right answer. @returns the first word of each statement, and the tables it names first */
  const outline = async (ask: () => Promise<{ status: number }>): Promise<string[]> => {
    let status = 0;
    const statements = await statementsOf(async () => ({ status } = await ask()));
    expect(status).toBe(200);
    return statements.map(outlineOf);
  };

  it.each(['.well-known/openid-configuration', 'jwk'])('none for %s', async (path) => {
    expect(await outline(() => get(path))).toEqual([]);
  });

  it('one for userinfo', async () => {
    expect(await outline(() => get('userinfo'))).toEqual(['SELECT api_token']);
  });

  it('one for introspection of an access token, with the client, and with the person where they are told', async () => {
    const { access_token: told } = await client.tokens({ scope: 'openid fhirUser' });
    for (const token of [tokens.access_token, told]) {
      expect(await outline(() => client.introspect(token))).toEqual(['SELECT api_token']);
    }
    expect((await client.introspect(told)).body['fhirUser']).toContain('/Practitioner/');
  });

  const reads = ['SELECT oauth_clients'];
  const stores = ['INSERT api_token', 'INSERT api_refresh_token', 'INSERT oauth2_issuance'];
  const onMysql = ['START TRANSACTION', ...(['UPDATE oauth2_grant', ...stores] as const), 'COMMIT'];
  const updates = ['UPDATE oauth2_grant', 'UPDATE oauth2_issuance', 'UPDATE api_refresh_token', 'UPDATE api_token'];
  const onSqlite = ['BEGIN', ...updates, ...stores, 'COMMIT'];

  it('one for introspection of a refresh token', async () => {
    expect(await outline(() => client.introspect(tokens.refresh_token))).toEqual(reads);
  });

  it('one transaction for a program that gets a token, audit log included, with what is read before', async () => {
    const begin = TEST_DATABASE === 'mysql' ? 'START TRANSACTION' : 'BEGIN';
    const used = ['INSERT oauth2_client_assertion', 'INSERT jwt_grant_history', 'SELECT oauth_trusted_user'];
    const stored = ['INSERT oauth2_grant', 'INSERT api_token', 'INSERT oauth2_issuance'];
    const audited = ['INSERT log', 'INSERT api_log', 'INSERT log_comment_encrypt'];
    expect(await outline(() => service.ask())).toEqual([...reads, begin, ...used, ...stored, ...audited, 'COMMIT']);
  });

  it('one transaction for a refresh, with what is read before', async () => {
    const made = await outline(() => client.refresh(tokens.refresh_token));
    expect(made).toEqual([...reads, ...(TEST_DATABASE === 'mysql' ? onMysql : onSqlite)]);
  });
});

function outlineOf(sql: string): string {
  const [, verb = sql] = /^(\w+)/.exec(sql) ?? [];
  const [, table = ''] = /(?:FROM \(SELECT 1\) one LEFT JOIN|FROM|INTO|UPDATE)\s+[`"]?(\w+)/i.exec(sql) ?? [];
  return verb === 'START' ? sql : `${verb.toUpperCase()} ${table}`.trim();
}
