import { createHash } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../ambient/clock.js';
import { Random } from '../ambient/random.js';
import { RedisConnection } from '../redis/redis-connection.service.js';
import type { CountStore, OthersCount, SharedCount } from './count-store.js';
import type { LimitName } from './limit-names.js';
import { RateLimits } from './rate-limits.service.js';
import { RedisCounts } from './redis-counts.js';
import { TableCounts } from './table-counts.js';
import type { OwnCount, WindowCounts } from './window-counts.js';

/** Milliseconds between two exchanges, while there is something to tell. */
const REDIS_INTERVAL = 500;
const TABLE_INTERVAL = 2000;
/** Keys of each limit in one exchange; the others wait for the next. */
const MOST_KEYS = 2000;
const REPLICA_BYTES = 12;

/** What was taken from one limit to be told. */
interface Told {
  readonly counts: WindowCounts;
  readonly own: readonly OwnCount[];
}

/** Tells other replicas what this one has counted, and learns from them, from time to time and beside the requests. */
@Injectable()
export class RateSharing implements BeforeApplicationShutdown {
  private readonly logger = new Logger('RateLimits');
  private readonly replica: string;
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;
  private isFailing = false;
  /** Where counts were told last. */
  private place: CountStore | null = null;

  constructor(
    private readonly limits: RateLimits,
    private readonly table: TableCounts,
    private readonly redisCounts: RedisCounts,
    private readonly redis: RedisConnection,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.replica = random.token(REPLICA_BYTES);
    limits.whenCounted(() => this.wake());
  }

  /** Exchanges counts with the other replicas now. What could not be told is told next time. */
  exchange(): Promise<void> {
    this.running = this.running.then(() => this.exchangeQuietly());
    return this.running;
  }

  /** The last word of this process; the database is closed after this. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.exchange();
  }

  /** The timer does not keep the process alive, and an idle process has none. */
  private wake(): void {
    if (this.timer !== null || this.isStopping) return;
    this.timer = setTimeout(
      () => {
        void this.exchange().finally(() => {
          this.timer = null;
          if ([...this.limits.counts.values()].some(({ hasUntold }) => hasUntold)) this.wake();
        });
      },
      this.redis.state === 'ready' ? REDIS_INTERVAL : TABLE_INTERVAL,
    ).unref();
  }

  private async exchangeQuietly(): Promise<void> {
    const place = this.choosePlace();
    const told = new Map([...this.limits.counts].map(([name, counts]) => [name, { counts, own: counts.takeUntold(MOST_KEYS) }] as const));
    const { shared, owners } = sharedCounts(told);
    if (shared.length === 0) return;
    try {
      learn(await place.exchange(shared, this.replica), owners);
      this.isFailing = false;
    } catch (error) {
      for (const { counts, own } of told.values()) counts.keepUntold(own);
      if (place === this.redisCounts) return this.exchangeQuietly(); // it is away now: in the database, then
      if (!this.isFailing) this.logger.warn({ err: error, event: 'counts could not be shared with other replicas' });
      this.isFailing = true;
    }
  }

  /** Redis while it answers, else the database. A place that did not hear of what still counts is told all of it. */
  private choosePlace(): CountStore {
    const place = this.redis.state === 'ready' ? this.redisCounts : this.table;
    if (this.place !== null && this.place !== place) {
      const now = this.clock.now().getTime();
      for (const counts of this.limits.counts.values()) counts.tellAll(now);
    }
    this.place = place;
    return place;
  }
}

/** Whose count an identifier stands for. */
interface Owner {
  readonly counts: WindowCounts;
  readonly key: string;
}

/** What leaves the process: addresses and names of people only as hashes. */
function sharedCounts(told: ReadonlyMap<LimitName, Told>): { shared: SharedCount[]; owners: Map<string, Owner> } {
  const shared: SharedCount[] = [];
  const owners = new Map<string, Owner>();
  for (const [name, { counts, own }] of told) {
    for (const { key, windowStart, hits } of own) {
      const id = createHash('sha256').update(`${name}\n${key}`).digest('base64url');
      owners.set(id, { counts, key });
      shared.push({ id, windowStart, window: counts.window, hits });
    }
  }
  return { shared, owners };
}

function learn(others: readonly OthersCount[], owners: ReadonlyMap<string, Owner>): void {
  for (const { id, windowStart, hits } of others) {
    const owner = owners.get(id);
    owner?.counts.learn(owner.key, windowStart, hits);
  }
}
