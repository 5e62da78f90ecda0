import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, QueryRunner } from 'typeorm';

const ATTEMPTS = 6;
/** Milliseconds before the second attempt; twice as many before each further one, so that the one it gave way to can end. */
const FIRST_PAUSE = 5;

/**
 * InnoDB: a row changed since the snapshot (MariaDB 11.6 and newer), deadlock (also Galera's certification failure) and lock wait timeout.
 * The work was rolled back, whole or in part.
 */
const RETRIED = new Set(['ER_CHECKREAD', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT']);

/**
 * Runs work again when the database chose it as the victim of a conflict.
 * @param work what leaves nothing behind when it fails so
 */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isRetried(error)) throw error;
      await sleep(FIRST_PAUSE * 2 ** (attempt - 1));
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
    runner.isTransactionActive ? query(...statement) : retried(() => query(...statement))) as QueryRunner['query'];
  return runner;
}

function isRetried(error: unknown): boolean {
  return error instanceof Error && 'code' in error && RETRIED.has(String(error.code));
}
