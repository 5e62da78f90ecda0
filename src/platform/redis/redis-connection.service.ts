import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Clock } from '../ambient/clock.js';
import { Config } from '../config/config.js';
import { Metrics } from '../metrics/metrics.service.js';
import { connectInTime, openRedis, redisName } from './open-redis.js';

/** Milliseconds for which a Redis that has failed is left alone, so that a silent one is not waited for again and again. */
const REST = 2000;

/** `none`: there is no REDIS_URL. `away`: nothing may be expected of it now. */
export type RedisState = 'none' | 'ready' | 'away';

/** No Redis, or one that does not answer: whoever asked it must have another way. */
export class RedisAwayError extends Error {
  override readonly name = 'RedisAwayError';
}

/** The one connection to Redis, where there is one. Nothing depends on it: everything that is asked of it has another place as well. */
@Injectable()
export class RedisConnection implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Redis');
  private client: Redis | null = null;
  private restsUntil = 0;
  private isAway = false;

  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    const isUp = (): boolean => this.state === 'ready';
    metrics.gauge({
      name: 'chartkey_redis_up',
      help: 'Whether Redis answers; always 0 without REDIS_URL',
      collect() {
        this.set(isUp() ? 1 : 0);
      },
    });
  }

  get state(): RedisState {
    if (this.config.redis === null) return 'none';
    const isResting = this.clock.now().getTime() < this.restsUntil;
    return this.client?.status === 'ready' && !isResting ? 'ready' : 'away';
  }

  /** Connects, and waits for it as long as the settings say: a server starts without Redis as well. */
  async onApplicationBootstrap(): Promise<void> {
    const { redis } = this.config;
    if (redis === null) return;
    this.client = await openRedis(redis);
    this.client.on('error', (error: unknown) => this.noteAway(error));
    this.client.on('close', () => this.noteAway(new RedisAwayError('the connection was closed')));
    this.client.on('ready', () => this.noteBack());
    await connectInTime(this.client, redis).catch((error: unknown) => this.noteAway(error));
  }

  onApplicationShutdown(): void {
    this.client?.removeAllListeners('close');
    if (this.client?.status !== 'end') this.client?.disconnect();
  }

  /**
   * Asks Redis something.
   * @param work with keys that begin with `prefix`
   * @throws RedisAwayError at once while it is away; whatever `work` throws, after which it is left alone for a while
   */
  async ask<T>(work: (client: Redis, prefix: string) => Promise<T>): Promise<T> {
    const { client } = this;
    if (client === null || this.config.redis === null || this.state !== 'ready') throw new RedisAwayError('Redis is away');
    try {
      const answer = await work(client, this.config.redis.prefix);
      this.noteBack();
      return answer;
    } catch (error) {
      this.restsUntil = this.clock.now().getTime() + REST;
      this.noteAway(error);
      throw error;
    }
  }

  /** Once for each time that it goes. */
  private noteAway(error: unknown): void {
    if (this.isAway || this.config.redis === null) return;
    this.isAway = true;
    this.logger.warn({ err: error, event: 'Redis is away: replicas meet in the database', redis: redisName(this.config.redis) });
  }

  private noteBack(): void {
    if (this.isAway && this.config.redis !== null) this.logger.log({ event: 'Redis is back', redis: redisName(this.config.redis) });
    this.isAway = false;
  }
}
