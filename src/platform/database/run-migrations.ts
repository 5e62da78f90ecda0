import { MigrationExecutor, type DataSource } from 'typeorm';
import { DatabaseError } from './database-error.js';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';
import { isClosed } from './unavailable.js';

/** Seconds to wait for another replica that is migrating. */
const LOCK_TIMEOUT = 60;
/** A named lock is the whole server's: the name of the database goes into it, so that sites on one server do not wait for each other. */
const LOCK_NAME = "CONCAT('chartkey_migrations_', MD5(DATABASE()))";

/** What has been done to the tables of our own, and what is still to do. */
export interface MigrationStatus {
  readonly executed: readonly string[];
  readonly pending: readonly string[];
}

/**
 * @returns names of the migrations that were run, in order
 * @throws DatabaseError naming the statement and the table that the account has no right to
 */
export function runMigrations(source: DataSource): Promise<string[]> {
  return oneAtATime(source, async () => (await source.runMigrations({ transaction: 'each' })).map((migration) => migration.name));
}

/** Takes the last migration back. It drops tables of our own, with what they hold. @throws DatabaseError as runMigrations */
export function revertMigration(source: DataSource): Promise<void> {
  return oneAtATime(source, () => source.undoLastMigration({ transaction: 'each' }));
}

export async function migrationStatus(source: DataSource): Promise<MigrationStatus> {
  const executor = new MigrationExecutor(source);
  const executed = await executor.getExecutedMigrations();
  const pending = await executor.getPendingMigrations();
  return { executed: executed.map((migration) => migration.name).sort(), pending: pending.map((migration) => migration.name) };
}

function lacksRight(error: unknown): DatabaseError {
  const refusal = error instanceof Error ? error.message : String(error);
  return new DatabaseError(
    `the database account may not run migrations: ${refusal}; ` +
      'run "chartkey migrate up" with an account that has CREATE, ALTER, INDEX and DROP on the tables oauth2_*, and set CHARTKEY_MIGRATE=manual',
    { cause: error },
  );
}

export async function pendingMigrations(source: DataSource): Promise<readonly string[]> {
  return (await migrationStatus(source)).pending;
}

/** Replicas start together; a named lock of the database lets one of them migrate while the others wait. */
async function oneAtATime<T>(source: DataSource, work: () => Promise<T>): Promise<T> {
  if (source instanceof EmbeddedDataSource) return work();
  const runner = source.createQueryRunner();
  try {
    const [row] = (await runner.query(`SELECT GET_LOCK(${LOCK_NAME}, ?) AS taken`, [LOCK_TIMEOUT])) as Array<{ taken: unknown }>;
    if (Number(row?.taken) !== 1) throw new Error(`another process has been migrating for more than ${LOCK_TIMEOUT} seconds`);
    return await work();
  } catch (error) {
    throw isClosed(error) ? lacksRight(error) : error;
  } finally {
    await runner.query(`SELECT RELEASE_LOCK(${LOCK_NAME})`);
    await runner.release();
  }
}
