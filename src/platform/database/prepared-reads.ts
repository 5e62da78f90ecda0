import { type DataSource, QueryFailedError } from 'typeorm';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';

/** What a statement takes in place of a question mark. */
export type StatementValue = string | number | Buffer | null;

type Done = (error: Error | null, rows: unknown) => void;

/** What is used of mysql2's pool; TypeORM does not declare it. */
interface Pool {
  execute(sql: string, values: readonly StatementValue[], done: Done): void;
  query(sql: string, values: readonly StatementValue[], done: Done): void;
}

/** The server holds as many prepared statements as it is set to, those of all its clients together. */
const NO_ROOM = 'ER_MAX_PREPARED_STMT_COUNT_REACHED';

/**
 * Reads in one round trip, without what the ORM does around a statement. MySQL and MariaDB prepare the statement once on each connection: its text
 * must be one of few, with every value behind a question mark.
 * @returns the rows, by the names that the statement gives
 * @throws QueryFailedError, DatabaseBusyError
 */
export async function readRows<Row>(source: DataSource, sql: string, values: readonly StatementValue[]): Promise<Row[]> {
  try {
    if (source instanceof EmbeddedDataSource) return source.read(sql, values) as Row[];
    return (await readFromPool((source.driver as unknown as { pool: Pool }).pool, sql, values)) as Row[];
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw new QueryFailedError(sql, undefined, error); // as the ORM throws it, without the values
    throw error;
  }
}

function readFromPool(pool: Pool, sql: string, values: readonly StatementValue[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done: Done = (error, rows) => (error === null ? resolve(rows) : reject(error));
    pool.execute(sql, values, (error, rows) => {
      if (error !== null && 'code' in error && error.code === NO_ROOM) pool.query(sql, values, done);
      else done(error, rows);
    });
  });
}
