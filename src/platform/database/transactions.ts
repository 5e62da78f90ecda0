import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';

/** What a service needs to take part in a transaction that a flow has opened. */
export type Transaction = EntityManager;

const ATTEMPTS = 4;

/** InnoDB: a row changed since the snapshot (MariaDB 11.6 and newer), deadlock (also Galera's certification failure) and lock wait timeout. Both rolled the whole or part of the work back. */
const RETRIED = new Set(['ER_CHECKREAD', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT']);

/** Opens transactions. Flows open them and pass them on; services of the records floor never do. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction, again when the database chose it as the victim of a deadlock.
   * `work` must touch nothing but the database, and only through the transaction it is given.
   */
  async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(work);
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetried(error)) throw error;
      }
    }
  }

  private once<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const source = this.dataSource;
    if (!(source instanceof EmbeddedDataSource)) return source.transaction(work);
    return source.transaction((transaction) => source.insideTransaction(() => work(transaction)));
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof Error && 'code' in error && RETRIED.has(String(error.code));
}
