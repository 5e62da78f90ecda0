import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { EhrKey } from '../../src/platform/ehr/ehr-key.entity.js';
import { GlobalSetting } from '../../src/platform/ehr/global-setting.entity.js';
import { openEhrSite } from '../../src/platform/ehr/open-ehr-site.js';
import { createScratchDatabase, findDatabaseServer, writeVectorSiteFolder } from './mariadb.js';
import { SeededRandom } from './seeded-random.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

/** A demo site on which services can be tried, with a second connection as another replica has one. */
export interface RunDatabase extends TestDatabase {
  /** Another data source on the same database; the embedded one belongs to one process, so there it is the same. */
  replica(): Promise<DataSource>;
}

/**
 * Opens a demo site on the database that the run is about: services that hold statements of their own are tried on both kinds.
 * @param entities of the services under test; those of the platform are added
 */
export async function openRunDatabase(entities: DataSourceOptions['entities'] & unknown[]): Promise<RunDatabase> {
  const database = process.env['CHARTKEY_TEST_DATABASE'] === 'mysql' ? await openMysql(entities) : await openTestDatabase(entities);
  const replicas: DataSource[] = [];
  return {
    ...database,
    replica: async () => {
      if (database.config.databaseUrl === null) return database.source;
      const source = await openDatabase(database.config, withPlatform(entities));
      replicas.push(source);
      return source;
    },
    close: async () => {
      for (const replica of replicas) await replica.destroy();
      await database.close();
    },
  };
}

function withPlatform(entities: unknown[]): DataSourceOptions['entities'] {
  return [...new Set([...entities, GlobalSetting, EhrKey])] as DataSourceOptions['entities'];
}

async function openMysql(entities: unknown[]): Promise<TestDatabase> {
  const server = await findDatabaseServer();
  if (!server) throw new Error('the run is about MySQL, and no server was found');
  const scratch = await createScratchDatabase(server);
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-run-'));
  writeVectorSiteFolder(join(folder, 'site'));
  const config = loadConfig({ CHARTKEY_DATA_DIR: join(folder, 'data'), DATABASE_URL: scratch.url, OPENEMR_SITE_DIR: join(folder, 'site') });
  const source = await openDatabase(config, withPlatform(entities));
  return {
    source,
    config,
    site: await openEhrSite(source, config, new SeededRandom()),
    close: async () => {
      await source.destroy();
      await scratch.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
