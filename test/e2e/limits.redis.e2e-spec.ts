import { randomUUID } from 'node:crypto';
import { RedisConnection, type RedisState } from '../../src/platform/redis/redis-connection.service.js';
import { RateSharing } from '../../src/platform/throttle/rate-sharing.service.js';
import { Caller, statuses } from '../support/caller.js';
import { DatabaseProxy } from '../support/database-proxy.js';
import { FixedClock } from '../support/fixed-clock.js';
import { getJson, type OAuthClient, publicClient } from '../support/oauth-client.js';
import { addressOf } from '../support/other-address.js';
import { RedisLook, redisUrl } from '../support/redis.js';
import { startServer, type TestServer } from '../support/start-server.js';

const PREFIX = `chartkey-test-${randomUUID()}:`;
const HOUR = 3600;
const LIMIT = 6;

describe('Limits shared through Redis', () => {
  const redis = new RedisLook();
  let proxy: DatabaseProxy;
  let here: TestServer<FixedClock>;
  let there: TestServer<FixedClock>;
  let client: OAuthClient;
  let addresses = 0;

  beforeAll(async () => {
    proxy = await DatabaseProxy.start(redisUrl());
    const env = {
      TRUSTED_PROXIES: '127.0.0.1',
      REDIS_URL: proxy.url,
      CHARTKEY_REDIS_PREFIX: PREFIX,
      CHARTKEY_REDIS_TIMEOUT: '500',
      CHARTKEY_RATE_LIMIT_TOKEN_CLIENT: String(LIMIT),
    };
    here = await startServer({ env, clock: FixedClock.at('2026-03-02T09:00:00Z') });
    there = await here.replica();
    client = await publicClient(here);
  });
  afterAll(async () => {
    await here.stop();
    await proxy.cut();
    await redis.close(PREFIX);
  });
  beforeEach(async () => {
    here.clock.advance(2 * HOUR - ((here.clock.now().getTime() / 1000) % HOUR)); // all is forgotten, and a window begins
    await exchange();
  });

  const exchange = async (): Promise<void> => {
    for (const { app } of [here, there]) await app.get(RateSharing).exchange();
  };
  const rows = (): Promise<unknown[]> => here.database.query('SELECT * FROM oauth2_rate_count');
  const health = async (): Promise<unknown> => (await getJson(`${addressOf(here).origin}/health/ready`)).body;
  /** The same caller, at either replica. */
  const somebody = (): { askHere: (times: number) => Promise<number[]>; askThere: (times: number) => Promise<number[]> } => {
    const address = `198.51.100.${(addresses += 1)}`;
    const at = (server: TestServer<FixedClock>) => (times: number) =>
      statuses(times, () => new Caller(address, addressOf(server).issuer).token(client));
    return { askHere: at(here), askThere: at(there) };
  };
  const isRedis = (state: RedisState) => (): boolean => [here, there].every(({ app }) => app.get(RedisConnection).state === state);
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it('hold for all replicas together, and keep nothing in the database', async () => {
    const { askHere, askThere } = somebody();
    expect(await askHere(4)).toEqual([400, 400, 400, 400]);
    await exchange();
    await askThere(1); // what the others have counted comes with what there is to tell
    await exchange();
    expect(await askThere(2)).toEqual([400, 429]);
    expect([await rows(), await health()]).toEqual([[], { status: 'ok', redis: 'ready' }]);
    const keys = await redis.keys(PREFIX);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !/:rate:[\w-]{43}:\d+$/.test(key))).toEqual([]);
  });

  it('go on in the database when Redis is lost, open nothing, and return when it is back', async () => {
    const { askHere, askThere } = somebody();
    await askHere(4);
    await exchange();
    await proxy.cut();
    await until(isRedis('away'));
    expect(await health()).toEqual({ status: 'ok', redis: 'away' });
    await exchange(); // all that still counts is told in the database
    await askThere(1);
    await exchange();
    expect([await askThere(2), await askHere(3)]).toEqual([
      [400, 429],
      [400, 400, 429],
    ]);
    await exchange();
    expect((await rows()).length).toBeGreaterThan(0);
    await proxy.restore();
    await until(isRedis('ready'));
    expect(await health()).toEqual({ status: 'ok', redis: 'ready' });
    expect([await askThere(1), await askHere(1)]).toEqual([[429], [429]]);
    const before = await redis.keys(PREFIX);
    const other = somebody();
    await other.askHere(1);
    await exchange();
    expect((await redis.keys(PREFIX)).length).toBeGreaterThan(before.length);
  });

  it('go on in the database when Redis falls silent', async () => {
    const { askHere, askThere } = somebody();
    proxy.stall();
    await askHere(5);
    await exchange(); // waits for Redis as long as the settings say; no request does
    expect(await health()).toEqual({ status: 'ok', redis: 'away' });
    await askThere(1);
    await exchange();
    expect(await askThere(1)).toEqual([429]);
    await proxy.restore();
    here.clock.advance(3); // one that failed is left alone for a while
    await until(isRedis('ready'));
  });
});
