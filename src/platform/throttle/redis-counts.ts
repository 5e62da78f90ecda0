import { Injectable } from '@nestjs/common';
import { RedisConnection } from '../redis/redis-connection.service.js';
import type { CountStore, OthersCount, SharedCount } from './count-store.js';

/** Keys of one round trip. */
const BATCH = 500;

/** One window of one key: a hash in Redis, with a field for each replica. */
type Window = Pick<SharedCount, 'id' | 'windowStart'>;

/** Replicas meet in Redis. Each has a field of its own in the hash of a window, which ends by itself. */
@Injectable()
export class RedisCounts implements CountStore {
  constructor(private readonly redis: RedisConnection) {}

  async exchange(counts: readonly SharedCount[], replica: string): Promise<OthersCount[]> {
    const others: OthersCount[] = [];
    for (let at = 0; at < counts.length; at += BATCH) others.push(...(await this.exchangeBatch(counts.slice(at, at + BATCH), replica)));
    return others;
  }

  private exchangeBatch(counts: readonly SharedCount[], replica: string): Promise<OthersCount[]> {
    return this.redis.ask(async (client, prefix) => {
      const keyOf = ({ id, windowStart }: Window): string => `${prefix}rate:${id}:${windowStart}`;
      const writes = client.pipeline();
      for (const count of counts) writes.hset(keyOf(count), replica, count.hits).pexpire(keyOf(count), 2 * count.window);
      checked(await writes.exec());
      const windows = windowsOf(counts);
      const reads = client.pipeline();
      for (const window of windows) reads.hgetall(keyOf(window));
      const answers = checked(await reads.exec());
      return windows.map((window, at) => ({ ...window, hits: hitsOfOthers(answers[at], replica) })).filter(({ hits }) => hits > 0);
    });
  }
}

/** Every window that was counted in, and the one before it. */
function windowsOf(counts: readonly SharedCount[]): Window[] {
  const windows = counts.flatMap(({ id, windowStart, window }) => [
    { id, windowStart },
    { id, windowStart: windowStart - window },
  ]);
  return [...new Map(windows.map((window) => [`${window.id} ${window.windowStart}`, window])).values()];
}

/** @throws Error the first that any command met */
function checked(answers: ReadonlyArray<readonly [Error | null, unknown]> | null): unknown[] {
  return (answers ?? []).map(([error, value]) => {
    if (error !== null) throw error;
    return value;
  });
}

function hitsOfOthers(fields: unknown, replica: string): number {
  const entries = Object.entries((fields ?? {}) as Record<string, string>).filter(([name]) => name !== replica);
  return entries.reduce((sum, [, hits]) => sum + Number(hits), 0);
}
