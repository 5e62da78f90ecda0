import { type DataSource, type EntityManager, QueryFailedError, type QueryRunner } from 'typeorm';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';

/** What a statement takes in place of a question mark. */
export type StatementValue = string | number | Buffer | null;

/** Where a statement is run: on any connection, or in the transaction that a flow has opened. */
export type Place = DataSource | EntityManager;

/** What a statement has done. */
export interface Written {
  /** Rows that it matched. */
  readonly affected: number;
  /** Number that the first new row was given; 0 where rows are not numbered. */
  readonly insertId: number;
}

type Done = (error: Error | null, answer: unknown) => void;

/** What is used of mysql2's pool and connections; TypeORM does not declare it. */
interface Runner {
  execute(sql: string, values: readonly StatementValue[], done: Done): unknown;
  query(sql: string, values: readonly StatementValue[], done: Done): unknown;
}

/** The server holds as many prepared statements as it is set to, those of all its clients together. */
const NO_ROOM = 'ER_MAX_PREPARED_STMT_COUNT_REACHED';

/**
 * Reads in one round trip, without what the ORM does around a statement. MySQL and MariaDB prepare a statement once on each connection: its text
 * must be one of few, with every value behind a question mark.
 * @returns the rows, by the names that the statement gives
 * @throws QueryFailedError, DatabaseBusyError
 */
export async function readRows<Row>(place: Place, sql: string, values: readonly StatementValue[]): Promise<Row[]> {
  const [source, transaction] = partsOf(place);
  if (!(source instanceof EmbeddedDataSource)) return (await run(source, transaction, sql, values)) as Row[];
  if (transaction !== null) return (await transaction.query(sql, [...values])) as Row[];
  try {
    return source.read(sql, values) as Row[];
  } catch (error) {
    throw asFailed(error, sql);
  }
}

/**
 * Writes in one round trip, as `readRows` reads.
 * @throws QueryFailedError
 */
export async function writeRows(tx: EntityManager, sql: string, values: readonly StatementValue[]): Promise<Written> {
  const [source, transaction] = partsOf(tx);
  if (transaction === null) throw new Error('a statement that writes needs a transaction');
  if (source instanceof EmbeddedDataSource) {
    const result = await transaction.query(sql, [...values], true);
    return { affected: result.affected ?? 0, insertId: Number(result.raw) };
  }
  const { affectedRows, insertId } = (await run(source, transaction, sql, values)) as { affectedRows: number; insertId: number };
  return { affected: affectedRows, insertId };
}

function partsOf(place: Place): [source: DataSource, transaction: QueryRunner | null] {
  return 'dataSource' in place ? [place.dataSource, place.queryRunner ?? null] : [place, null];
}

async function run(source: DataSource, transaction: QueryRunner | null, sql: string, values: readonly StatementValue[]): Promise<unknown> {
  const runner = transaction === null ? (source.driver as unknown as { pool: Runner }).pool : ((await transaction.connect()) as Runner);
  try {
    return await new Promise((resolve, reject) => {
      const done: Done = (error, answer) => (error ? reject(error) : resolve(answer));
      runner.execute(sql, values, (error, answer) => {
        if (error !== null && 'code' in error && error.code === NO_ROOM) runner.query(sql, values, done);
        else done(error, answer);
      });
    });
  } catch (error) {
    throw asFailed(error, sql);
  }
}

/** As the ORM throws it, without the values. What does not come from the database stays what it is. */
function asFailed(error: unknown, sql: string): unknown {
  return error instanceof Error && 'code' in error ? new QueryFailedError(sql, undefined, error) : error;
}
