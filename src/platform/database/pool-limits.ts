import type { Socket } from 'node:net';
import type { DataSource } from 'typeorm';
import { DatabaseBusyError } from './unavailable.js';

/** Requests that may wait for each connection: more are refused at once, since they would only grow old. */
export const WAITING_PER_CONNECTION = 50;

type Taken = (error: Error | null, connection?: PoolConnection) => void;

/** What is used of mysql2's pool; TypeORM does not declare it. */
interface Pool {
  getConnection(taken: Taken): void;
  on(event: 'acquire' | 'release', listener: (connection: PoolConnection) => void): void;
}

interface PoolConnection {
  readonly stream: Socket;
  release(): void;
}

/**
 * Bounds what a request can wait for: for a connection, and for the answer to a statement. A connection whose server falls silent is given
 * up, since nothing else would ever end the wait.
 * @param source on MySQL or MariaDB, initialized
 * @param limit milliseconds for each of the two
 */
export function limitWaiting(source: DataSource, limit: number): void {
  const { pool } = source.driver as unknown as { pool: Pool };
  const take = pool.getConnection.bind(pool);
  pool.getConnection = (taken) => takeInTime(take, limit, taken);
  pool.on('acquire', ({ stream }) => {
    if (stream.listenerCount('timeout', giveUp) === 0) stream.on('timeout', giveUp);
    stream.setTimeout(limit);
  });
  pool.on('release', ({ stream }) => void stream.setTimeout(0)); // one that nobody uses may be silent
}

function takeInTime(take: (taken: Taken) => void, limit: number, taken: Taken): void {
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    taken(new DatabaseBusyError(`no connection to the database was free for ${limit / 1000} seconds`));
  }, limit);
  take((error, connection) => {
    clearTimeout(timer);
    if (isOver) connection?.release();
    else if (error?.message === 'Queue limit reached.') taken(new DatabaseBusyError('too many requests wait for the database'));
    else taken(error, connection);
  });
}

function giveUp(this: Socket): void {
  const silent = new Error('the database has not answered in time');
  this.destroy(Object.assign(silent, { code: 'ETIMEDOUT', syscall: 'read' }));
}
