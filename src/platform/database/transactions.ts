import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';
import { retried } from './retried-statements.js';

/** What a service needs to take part in a transaction that a flow has opened. */
export type Transaction = EntityManager;

/** Opens transactions. Flows open them and pass them on; services of the records floor never do. */
@Injectable()
export class Transactions {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction, again when the database chose it as the victim of a deadlock.
   * `work` must touch nothing but the database, and only through the transaction it is given.
   */
  run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return retried(() => this.once(work));
  }

  private once<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const source = this.dataSource;
    if (!(source instanceof EmbeddedDataSource)) return source.transaction(work);
    return source.transaction((transaction) => source.insideTransaction(() => work(transaction)));
  }
}
