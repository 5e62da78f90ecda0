import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { RedisSettings } from '../config/config.js';

/** Milliseconds between two attempts to connect, at most. */
const LONGEST_PAUSE = 2000;
const PAUSE_STEP = 100;

/**
 * A client that is not connected yet. It connects again by itself; what is asked of it meanwhile fails at once, and what gets no answer
 * fails after the time that the settings name.
 * @param isPersistent false: a lost connection stays lost
 */
export async function openRedis({ url, timeout, tlsCaFile }: RedisSettings, isPersistent = true): Promise<Redis> {
  const { Redis } = await import('ioredis'); // a server without Redis does not load it
  const address = url.reveal();
  return new Redis(address.href, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: timeout,
    commandTimeout: timeout,
    disconnectTimeout: timeout,
    retryStrategy: (attempts) => (isPersistent ? Math.min(attempts * PAUSE_STEP, LONGEST_PAUSE) : null),
    ...(tlsCaFile === null ? {} : { tls: { ca: readFileSync(tlsCaFile, 'utf8') } }),
  });
}

/**
 * Connects, and waits for no longer than the settings say: a server that takes connections and says nothing never fails by itself.
 * @throws Error when it is not there in time; a persistent client goes on trying
 */
export async function connectInTime(client: Redis, { timeout }: RedisSettings): Promise<void> {
  const late = sleep(timeout, 'late', { ref: false });
  if ((await Promise.race([client.connect(), late])) === 'late') throw new Error(`no answer within ${timeout} milliseconds`);
}

/** How a Redis is shown to people: without user and password. */
export function redisName({ url }: RedisSettings): string {
  const { protocol, host, pathname } = url.reveal();
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
