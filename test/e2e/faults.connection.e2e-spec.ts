import { DatabaseProxy } from '../support/database-proxy.js';
import { approvedClient, type OAuthClient, postJson, type Tokens } from '../support/oauth-client.js';
import { addressOf, clientAt } from '../support/other-address.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const METADATA = { client_name: 'x', redirect_uris: ['https://app.example/callback'], scope: 'openid' };

interface Seen {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** What must be true while the database does not answer, and after that. */
describe('A database that goes away and comes back', () => {
  let server: TestServer;
  let replica: TestServer;
  let client: OAuthClient;
  let tokens: Tokens;
  let proxy: DatabaseProxy | null = null;

  beforeAll(async () => {
    server = await startServer();
    const { databaseUrl } = server.config;
    if (databaseUrl !== null) proxy = await DatabaseProxy.start(databaseUrl.reveal());
    const limits = { CHARTKEY_DATABASE_TIMEOUT: '1', CHARTKEY_DATABASE_POOL_SIZE: '2' };
    replica = proxy === null ? server : await server.replica({ ...limits, DATABASE_URL: proxy.url });
    const registered = await approvedClient(server);
    tokens = await registered.tokens();
    client = clientAt(replica, registered);
  });

  afterAll(async () => {
    await server.stop();
    await proxy?.cut();
  });

  const see = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const response = await fetch(`${addressOf(replica).origin}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
  };

  const ask = async (): Promise<Record<string, Seen>> => {
    const { issuer } = addressOf(replica);
    const answers = {
      introspect: client.introspect(tokens.access_token),
      revoke: client.revoke(tokens.access_token),
      refresh: client.refresh(tokens.refresh_token),
      userinfo: client.userinfo(tokens.access_token),
      registration: postJson(`${issuer}/registration`, METADATA),
    };
    const seen = Object.entries(answers).map(async ([name, answer]) => {
      const { status, headers, body } = await answer;
      return [name, { status, retryAfter: headers.get('retry-after'), text: body.error ?? '' }] as const;
    });
    return Object.fromEntries(await Promise.all(seen));
  };

  const AWAY = { status: 503, retryAfter: expect.stringMatching(/^\d+$/), text: 'temporarily_unavailable' };

  const expectAway = async (): Promise<void> => {
    const answers = await ask();
    expect(answers).toEqual({ introspect: AWAY, revoke: AWAY, refresh: AWAY, userinfo: AWAY, registration: AWAY });
    const page = await see(new URL(client.authorizeUrl()).pathname + new URL(client.authorizeUrl()).search, {
      headers: { accept: 'text/html' },
    });
    expect(page).toMatchObject({ status: 503, retryAfter: AWAY.retryAfter, text: expect.stringContaining('<html') });
    expect(await see('/health/ready')).toMatchObject({ status: 503, retryAfter: AWAY.retryAfter });
    expect((await see('/health/live')).status).toBe(200);
    expect((await see(`/${replica.config.prefix}/jwk`)).status).toBe(200);
  };

  const expectBack = async (): Promise<void> => {
    expect((await see('/health/ready')).status).toBe(200);
    expect((await client.userinfo(tokens.access_token)).status).toBe(200);
    const renewed = await client.refresh(tokens.refresh_token);
    expect(renewed.status).toBe(200);
    tokens = renewed.body as unknown as Tokens;
  };

  it('answers while it is there', async () => {
    await expectBack();
  });

  if (TEST_DATABASE !== 'mysql') return;

  it('answers 503 with Retry-After while connections are refused, and recovers without a restart', async () => {
    await proxy?.cut();
    await expectAway();
    await proxy?.restore();
    await expectBack();
  });

  it('answers 503 when connections break off under it, and recovers at once', async () => {
    await proxy?.cut();
    await proxy?.restore();
    await expectBack();
  });

  it('answers 503 within bounds while the database is silent, however many ask, and recovers', async () => {
    proxy?.stall();
    await Promise.all([expectAway(), ...Array.from({ length: 120 }, () => client.introspect(tokens.access_token))]);
    await proxy?.restore();
    await expectBack();
  });

  it('refuses at once what would only wait', async () => {
    proxy?.stall();
    const answers = await Promise.all(Array.from({ length: 200 }, () => client.userinfo(tokens.access_token)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
    const details = replica.logs.refusals().map(({ detail }) => detail);
    expect(details).toContain('too many requests wait for the database');
    expect(details.some((detail) => detail?.startsWith('no connection to the database was free'))).toBe(true);
    await proxy?.restore();
    await expectBack();
  });
});
