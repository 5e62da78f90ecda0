import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config.js';
import { createDataSource } from './create-data-source.js';
import { DatabaseError } from './database-error.js';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';
import { limitWaiting } from './pool-limits.js';
import { retryPlainStatements } from './retried-statements.js';
import { pendingMigrations, runMigrations } from './run-migrations.js';
import { compareSchema, leaveAlone } from './schema.check.js';

export { DatabaseError };

/**
 * Connects, brings our own tables up to date and checks that every mapped column exists which the server cannot do without.
 * @param entities every mapped table
 * @throws DatabaseError listing pending migrations or everything that the schema lacks
 */
export async function openDatabase(config: Config, entities: DataSourceOptions['entities']): Promise<DataSource> {
  const source = await connect(config, entities);
  try {
    if (config.migrate === 'auto') await runMigrations(source);
    const pending = await pendingMigrations(source);
    if (pending.length > 0) {
      throw new DatabaseError(
        `migrations have not been run: ${pending.join(', ')}; run "chartkey migrate up" or set CHARTKEY_MIGRATE=auto`,
      );
    }
    const { lacks, absent } = await compareSchema(source);
    if (lacks.length > 0) throw new DatabaseError(`${DOES_NOT_FIT}:\n${lacks.map((line) => `  - ${line}`).join('\n')}`);
    leaveAlone(absent);
    if (!(source instanceof EmbeddedDataSource)) limitWaiting(source, config.databaseTimeout * 1000);
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/**
 * Connects without touching anything.
 * @throws DatabaseError when the database cannot be reached; the message never holds the password
 */
export async function connect(config: Config, entities: DataSourceOptions['entities']): Promise<DataSource> {
  const source = createDataSource(config, entities);
  try {
    await source.initialize();
  } catch (error) {
    throw new DatabaseError(`cannot open ${databaseName(config)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  if (!(source instanceof EmbeddedDataSource)) {
    await useUtc(source);
    retryPlainStatements(source);
  }
  return source;
}

/** How the database in use is shown to people: without user and password. */
export function databaseName(config: Config): string {
  if (config.databaseUrl === null) return `embedded database in ${config.dataDir}`;
  const url = config.databaseUrl.reveal();
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Columns of type TIMESTAMP are read and written in the time zone of the connection: ours is UTC on every connection. */
async function useUtc(source: DataSource): Promise<void> {
  const driver = source.driver as unknown as {
    pool: { on(event: 'connection', use: (connection: { query(sql: string): void }) => void): void };
  };
  driver.pool.on('connection', (connection) => connection.query(SET_UTC));
  await source.query(SET_UTC); // the one that was opened before we listened
}

const DOES_NOT_FIT = 'the database does not fit (what the account has no right to see counts as missing)';

const SET_UTC = "SET time_zone = '+00:00'";
