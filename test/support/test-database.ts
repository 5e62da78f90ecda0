import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Config } from '../../src/platform/config/config.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { seedDemoSite } from '../../src/platform/database/embedded/seed-demo-site.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { EhrKey } from '../../src/platform/ehr/ehr-key.entity.js';
import type { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import { GlobalSetting } from '../../src/platform/ehr/global-setting.entity.js';
import { openEhrSite } from '../../src/platform/ehr/open-ehr-site.js';
import { layEmbeddedSite } from './embedded-site.js';
import { SeededRandom } from './seeded-random.js';

/** The embedded demo site in a folder of its own. */
export interface TestDatabase {
  readonly source: DataSource;
  readonly config: Config;
  readonly site: EhrSite;
  close(): Promise<void>;
}

/**
 * Opens a new embedded demo site, for unit tests of services on a real database.
 * @param entities of the services under test; those of the platform are added
 * @param now what the rows of the demo people are dated with
 */
export async function openTestDatabase(
  entities: DataSourceOptions['entities'] & unknown[],
  { now = new Date('2026-01-01T00:00:00Z'), env = {} }: { now?: Date; env?: Record<string, string> } = {},
): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-unit-'));
  await layEmbeddedSite(folder);
  const config = loadConfig({ CHARTKEY_DATA_DIR: folder, ...env });
  const source = await openDatabase(config, [...new Set([...entities, GlobalSetting, EhrKey])] as DataSourceOptions['entities']);
  const site = await openEhrSite(source, config, new SeededRandom());
  await seedDemoSite(source, site, config, now);
  return {
    source,
    config,
    site,
    close: async () => {
      await source.destroy();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
