import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Config } from '../config/config.js';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { WAITING_PER_CONNECTION } from './pool-limits.js';

const MIGRATIONS_TABLE = 'oauth2_migrations';

/** Milliseconds. */
const CONNECT_TIMEOUT = 5000;

/**
 * The data source that the settings name: the embedded file, or MySQL/MariaDB. Not yet connected.
 * @param entities empty for the TypeORM command line, which needs migrations only
 */
export function createDataSource(config: Config, entities: DataSourceOptions['entities']): DataSource {
  const shared = { entities, migrations: MIGRATIONS, migrationsTableName: MIGRATIONS_TABLE } as const;
  if (config.databaseUrl === null) return new EmbeddedDataSource(join(config.dataDir, 'embedded.sqlite'), shared);
  return new DataSource({ ...shared, ...mysqlOptions(config, config.databaseUrl.reveal()) });
}

function mysqlOptions(config: Config, url: URL): DataSourceOptions {
  const socketPath = url.searchParams.get('socketPath');
  const caFile = config.databaseTlsCaFile ?? url.searchParams.get('tlsCaFile');
  const poolSize = Number(url.searchParams.get('poolSize') ?? config.databasePoolSize);
  return {
    type: 'mysql',
    ...(socketPath ? { socketPath } : { host: url.hostname, port: Number(url.port || 3306) }),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    poolSize,
    extra: { queueLimit: poolSize * WAITING_PER_CONNECTION },
    charset: 'utf8mb4',
    dateStrings: true, // the EHR's times are wall clock texts; the driver must not guess a zone
    connectTimeout: Math.min(CONNECT_TIMEOUT, config.databaseTimeout * 1000),
    synchronize: false,
    ...(caFile ? { ssl: { ca: readFileSync(caFile, 'utf8') } } : {}),
  };
}
