import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';

/** Milliseconds before the second attempt; twice as many before each further one, so that the one it gave way to can end. */
const FIRST_PAUSE = 5;

/** How often work is tried, by the error that undid it. */
type Attempts = ReadonlyMap<string, number>;

/** InnoDB: a row changed since the snapshot (MariaDB 11.6 and newer), and deadlock (also Galera's certification failure): told at once. */
const CONFLICTS: Attempts = new Map([
  ['ER_CHECKREAD', 6],
  ['ER_LOCK_DEADLOCK', 6],
]);

/** A transaction that waited for a lock in vain is tried less often: each attempt lasts as long as the server lets it wait. */
const IN_TRANSACTION: Attempts = new Map([...CONFLICTS, ['ER_LOCK_WAIT_TIMEOUT', 4]]);

/**
 * Runs a transaction again when the database chose it as the victim of a conflict.
 * @param work what leaves nothing behind when it fails so
 */
export function retried<T>(work: () => Promise<T>): Promise<T> {
  return attempt(work, IN_TRANSACTION);
}

async function attempt<T>(work: () => Promise<T>, attempts: Attempts): Promise<T> {
  for (let made = 1; ; made += 1) {
    try {
      return await work();
    } catch (error) {
      if (made >= allowed(error, attempts)) throw error;
      await sleep(FIRST_PAUSE * 2 ** (made - 1));
    }
  }
}

/** Lets every statement of a data source that stands alone, outside a transaction, be retried: InnoDB undoes it as a whole. */
export function retryPlainStatements(source: DataSource): void {
  const create = source.createQueryRunner.bind(source);
  source.createQueryRunner = (mode) => withRetries(create(mode));
}

function withRetries(runner: QueryRunner): QueryRunner {
  const query: QueryRunner['query'] = runner.query.bind(runner);
  runner.query = ((...statement: Parameters<QueryRunner['query']>) =>
    runner.isTransactionActive ? query(...statement) : attempt(() => query(...statement), CONFLICTS)) as QueryRunner['query'];
  return runner;
}

/** Whether the database chose a transaction as the victim of a conflict: all of it can be tried again. */
export function isUndone(error: unknown): boolean {
  return allowed(error, IN_TRANSACTION) > 1;
}

function allowed(error: unknown, attempts: Attempts): number {
  return error instanceof Error && 'code' in error ? (attempts.get(String(error.code)) ?? 1) : 1;
}
