import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { mappedTables } from '../doctor/mapped-tables.js';
import type { Config } from '../platform/config/config.js';
import { connect, DatabaseError } from '../platform/database/open-database.js';
import { readSettings } from './settings.js';

/**
 * Connects to the database of the settings without starting anything else. An embedded one that is not there yet is not made.
 * @throws ConfigError, DatabaseError
 */
export async function withDatabase<T>(work: (source: DataSource, config: Config) => Promise<T>): Promise<T> {
  const config = readSettings();
  if (config.databaseUrl === null && !existsSync(join(config.dataDir, 'embedded.sqlite'))) {
    throw new DatabaseError(`there is no embedded database in ${config.dataDir} yet`);
  }
  const source = await connect(config, mappedTables());
  try {
    return await work(source, config);
  } finally {
    await source.destroy();
  }
}
