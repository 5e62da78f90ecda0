import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { openDatabase } from '../../src/platform/database/open-database.js';
import { EhrKey } from '../../src/platform/ehr/ehr-key.entity.js';
import { GlobalSetting } from '../../src/platform/ehr/global-setting.entity.js';
import { openEhrSite } from '../../src/platform/ehr/open-ehr-site.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';

let made: Promise<string> | undefined;

/**
 * Lays an embedded database with its tables, and the keys of its site, into a data folder that does not exist yet or is empty; people and
 * settings come with the first start. Making RSA keys is most of what a first start takes, so a process makes them once and copies.
 */
export async function layEmbeddedSite(dataDir: string): Promise<void> {
  made ??= makeSite();
  cpSync(await made, dataDir, { recursive: true });
}

async function makeSite(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-site-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const config = loadConfig({ CHARTKEY_DATA_DIR: folder });
  const source = await openDatabase(config, [GlobalSetting, EhrKey]);
  await openEhrSite(source, config, new SystemRandom());
  await source.destroy();
  return folder;
}
