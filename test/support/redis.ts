import { Redis } from 'ioredis';

const LOCAL_SERVER = 'redis://127.0.0.1:6379';

/** Where the Redis of the tests is, with its port: as the run says, or on this machine. */
export function redisUrl(): URL {
  const url = new URL(process.env['TEST_REDIS_URL'] || LOCAL_SERVER);
  if (url.port === '') url.port = '6379';
  return url;
}

/** Looks into the Redis of the tests, beside the servers under test. */
export class RedisLook {
  private readonly client = new Redis(redisUrl().href);

  /** @param prefix of the names */
  keys(prefix: string): Promise<string[]> {
    return this.client.keys(`${prefix}*`);
  }

  /** Removes the keys, and goes. */
  async close(prefix: string): Promise<void> {
    const keys = await this.keys(prefix);
    if (keys.length > 0) await this.client.del(keys);
    this.client.disconnect();
  }
}
