import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { EmbeddedConnection } from './embedded-connection.js';
import { EmbeddedQueryRunner } from './embedded-query-runner.js';
import { WriterLock } from './writer-lock.js';

/** A data source on the embedded database file, safe for requests that overlap. */
export class EmbeddedDataSource extends DataSource {
  private readonly lock: WriterLock;
  private transactionConnection: EmbeddedConnection | null = null;

  /** @param file path of the database file; its folder is made when missing. Memory databases are not offered: two connections must meet in it. */
  constructor(
    readonly file: string,
    options: Pick<DataSourceOptions, 'entities' | 'migrations' | 'logger' | 'migrationsTableName'>,
  ) {
    super({
      ...options,
      type: 'better-sqlite3',
      database: file,
      driver: EmbeddedConnection,
      statementCacheSize: 0, // the connection keeps them: a runner changes connections, a statement must not
      synchronize: false,
    });
    this.lock = lockOf(file);
    const driver = this.driver as BetterSqlite3Driver;
    driver.createQueryRunner = () => new EmbeddedQueryRunner(driver, this.connections(), this.lock) as unknown as QueryRunner; // its class narrows query()
  }

  override async initialize(): Promise<this> {
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    await super.initialize();
    return this;
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    this.transactionConnection?.close();
    this.transactionConnection = null;
  }

  /** Reads what is committed, by a statement that is prepared once. */
  read(sql: string, values: readonly unknown[]): unknown[] {
    return this.connections()
      .main.prepare(sql)
      .all(...values);
  }

  /** Runs the body of a transaction; a plain write inside it is refused (see WriterLock). */
  insideTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.lock.insideTransaction(work);
  }

  private connections(): { main: EmbeddedConnection; transaction: EmbeddedConnection } {
    this.transactionConnection ??= new EmbeddedConnection(this.file);
    return { main: (this.driver as BetterSqlite3Driver).databaseConnection as EmbeddedConnection, transaction: this.transactionConnection };
  }
}

const locks = new Map<string, WriterLock>();

/** One lock per file and process: two data sources of one process would otherwise block the thread while each waits for the other. */
function lockOf(file: string): WriterLock {
  const path = resolve(file);
  const known = locks.get(path) ?? new WriterLock();
  locks.set(path, known);
  return known;
}
