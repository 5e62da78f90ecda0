import { examine } from '../../src/doctor/doctor.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { DatabaseError, openDatabase } from '../../src/platform/database/open-database.js';
import { Browser } from '../support/browser.js';
import { limitedAccount } from '../support/database-account.js';
import { createScratchDatabase, findDatabaseServer } from '../support/mariadb.js';
import { approvedClient, type OAuthClient, postJson, type Tokens } from '../support/oauth-client.js';
import { addressOf, clientAt } from '../support/other-address.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const METADATA = { client_name: 'x', redirect_uris: ['https://app.example/callback'], scope: 'openid' };

describe('A database account that may only read', () => {
  let server: TestServer;
  let reader: TestServer;
  let client: OAuthClient;
  let tokens: Tokens;
  let code: string | null;
  let drop: () => Promise<unknown> = () => Promise.resolve();

  beforeAll(async () => {
    server = await startServer();
    const registered = await approvedClient(server);
    tokens = await registered.tokens();
    code = (await registered.authorize()).get('code');
    reader = await startReader();
    client = clientAt(reader, registered);
  });

  afterAll(async () => {
    await drop();
    await server.stop();
  });

  /** On MySQL a second server with another account; the embedded database is told to refuse. */
  const startReader = async (): Promise<TestServer> => {
    const { databaseUrl } = server.config;
    if (databaseUrl === null) {
      await server.database.transaction((transaction) => transaction.query('PRAGMA query_only = 1'));
      await server.database.query('PRAGMA query_only = 1');
      return server;
    }
    const account = await limitedAccount((sql) => server.database.query(sql), databaseUrl.reveal(), 'SELECT');
    drop = account.drop;
    return server.replica({ DATABASE_URL: account.url, CHARTKEY_SWAGGER_CLIENT: 'off' });
  };

  it('answers what needs no writing', async () => {
    const { origin, issuer } = addressOf(reader);
    for (const path of ['/.well-known/openid-configuration', '/jwk']) expect((await fetch(issuer + path)).status).toBe(200);
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: true });
    expect((await client.introspect(tokens.refresh_token)).body).toMatchObject({ active: true });
    expect((await client.userinfo(tokens.access_token)).status).toBe(200);
  });

  it('answers 503 to what must be written, loses nothing, and names the table in its log', async () => {
    const answers = [
      await client.exchange(code),
      await client.refresh(tokens.refresh_token),
      await client.revoke(tokens.access_token),
      await postJson(`${addressOf(reader).issuer}/registration`, METADATA),
    ];
    for (const { status, headers, body } of answers) {
      expect({ status, error: body.error }).toEqual({ status: 503, error: 'temporarily_unavailable' });
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
    const page = await new Browser(addressOf(reader).origin).open(client.authorizeUrl());
    expect(page).toMatchObject({ status: 503, text: expect.stringContaining('<html') });
    if (TEST_DATABASE === 'mysql') {
      const details = reader.logs.refusals().map(({ detail }) => detail);
      expect(details.at(-1)).toMatch(/INSERT command denied .*oauth2_interaction/);
      expect(reader.logs.text()).not.toContain('"parameters"');
    }
    expect((await client.introspect(tokens.refresh_token)).body).toMatchObject({ active: true });
  });

  if (TEST_DATABASE !== 'mysql') return;

  it('is found by the doctor, table by table', async () => {
    const { findings, skipped } = await examine(reader.config, { clock: reader.clock, random: new SystemRandom() }, { quick: true });
    const refused = findings.filter(({ id }) => id === 'rights.write').map(({ finding }) => finding);
    for (const table of ['oauth2_session', 'oauth_clients', 'api_token', 'users_secure', 'log', 'log_comment_encrypt', 'ip_tracking']) {
      expect(refused.some((line) => line.includes(`the table ${table}:`))).toBe(true);
    }
    expect(skipped).toEqual([]);
  });
});

if (TEST_DATABASE === 'mysql') {
  describe('A database account that may not make tables', () => {
    it('does not run migrations, says which right is missing, and works once they have been run', async () => {
      const found = await findDatabaseServer();
      if (!found) throw new Error('no server was found');
      const scratch = await createScratchDatabase(found);
      const account = await limitedAccount(scratch.query, new URL(scratch.url), 'SELECT, INSERT, UPDATE, DELETE');
      try {
        const open = (more: Record<string, string>) => openDatabase(loadConfig({ DATABASE_URL: account.url, ...more }), []);
        const refusal = open({}).catch((error: unknown) => error);
        expect(await refusal).toBeInstanceOf(DatabaseError);
        expect(await refusal).toMatchObject({
          message: expect.stringMatching(/may not run migrations: CREATE command denied .*oauth2_migrations.*chartkey migrate up/),
        });
        await expect(open({ CHARTKEY_MIGRATE: 'manual' })).rejects.toThrow(/migrations have not been run: .*chartkey migrate up/);
        await (await openDatabase(loadConfig({ DATABASE_URL: scratch.url }), [])).destroy();
        for (const migrate of ['auto', 'manual']) await (await open({ CHARTKEY_MIGRATE: migrate })).destroy();
      } finally {
        await account.drop();
        await scratch.drop();
      }
    });
  });
}
