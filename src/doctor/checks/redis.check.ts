import type { Config } from '../../platform/config/config.js';
import { connectInTime, openRedis, redisName } from '../../platform/redis/open-redis.js';
import { type Check, type Finding, warning } from '../check.js';

/** Whether Redis answers, where one is named. Nothing is written there. */
export class RedisCheck implements Check {
  readonly id = 'redis';
  readonly healthy: string;
  readonly needs = [] as const;

  constructor(private readonly config: Pick<Config, 'redis'>) {
    this.healthy = config.redis === null ? 'No Redis is named: replicas meet in the database' : `${redisName(config.redis)} answers`;
  }

  async run(): Promise<Finding[]> {
    const { redis } = this.config;
    if (redis === null) return [];
    const client = await openRedis(redis, false);
    client.on('error', () => undefined); // told by `connect` as well
    try {
      await connectInTime(client, redis);
      await client.ping();
      return [];
    } catch (failure) {
      return [unreachable(redisName(redis), failure)];
    } finally {
      if (client.status !== 'end') client.disconnect();
    }
  }
}

const unreachable = (name: string, failure: unknown): Finding =>
  warning('redis.unreachable', [
    `${name} cannot be used: ${failure instanceof Error ? failure.message : String(failure)}`,
    'Replicas meet in the database instead: limits hold, and the database has more to do',
    'Check REDIS_URL, CHARTKEY_REDIS_TLS_CA_FILE, and that Redis takes connections from here',
  ]);
