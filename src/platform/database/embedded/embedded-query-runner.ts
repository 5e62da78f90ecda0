import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { EmbeddedConnection } from './embedded-connection.js';
import type { ReleaseWriter, WriterLock } from './writer-lock.js';

/** The two connections to the one file: committed reads and plain writes on one, transactions on the other. */
export interface EmbeddedConnections {
  readonly main: EmbeddedConnection;
  readonly transaction: EmbeddedConnection;
}

const READS = /^\s*(select|pragma|explain)\b/i;

/**
 * A query runner of its own for each use, where TypeORM's SQLite driver hands everyone the same one: a transaction has its own
 * connection and the write lock until it ends; a plain write takes the lock for its one statement; a read sees what is committed.
 */
export class EmbeddedQueryRunner extends BetterSqlite3QueryRunner {
  private turn: ReleaseWriter | null = null;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly connections: EmbeddedConnections,
    private readonly lock: WriterLock,
  ) {
    super(driver);
  }

  override connect(): Promise<EmbeddedConnection> {
    return Promise.resolve(this.isTransactionActive ? this.connections.transaction : this.connections.main);
  }

  override async startTransaction(): Promise<void> {
    if (this.transactionDepth > 0) return super.startTransaction();
    const release = await this.lock.acquire();
    try {
      await super.startTransaction();
      this.turn = release;
    } catch (error) {
      this.isTransactionActive = false;
      release();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    this.endTurn();
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      this.endTurn();
    }
  }

  override async query(sql: string, parameters: unknown[] = [], structured = false): Promise<unknown> {
    // Another process may write too: take the file's lock at once and not in the middle of the work.
    if (sql === 'BEGIN TRANSACTION') return super.query('BEGIN IMMEDIATE', parameters, structured);
    if (this.isTransactionActive || READS.test(sql)) return super.query(sql, parameters, structured);
    const release = await this.lock.acquire();
    try {
      return await super.query(sql, parameters, structured);
    } finally {
      release();
    }
  }

  private endTurn(): void {
    if (this.isTransactionActive) return; // a savepoint ended, not the transaction
    this.turn?.();
    this.turn = null;
  }
}
