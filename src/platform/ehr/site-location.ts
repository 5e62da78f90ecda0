import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import type { KeyOrigin } from './ehr-site.js';

/** Where the key files of the site are, and whose they are. */
export interface SiteLocation {
  readonly origin: KeyOrigin;
  /** Laid out as the EHR's `sites/<site>`. */
  readonly siteDir: string;
}

type Places = Pick<Config, 'databaseUrl' | 'ehrSiteDir' | 'dataDir' | 'site'>;

/** Where `chartkey keys import` lays the EHR's keys out. */
export function importedSiteDir({ dataDir, site }: Pick<Places, 'dataDir' | 'site'>): string {
  return join(dataDir, 'ehr-site', site);
}

/** The EHR's own folder; without one what was imported from it, and without that a stand-in. The embedded demo EHR has a folder of its own. */
export function locateSite(config: Places): SiteLocation {
  if (config.databaseUrl === null) return { origin: 'embedded', siteDir: join(config.dataDir, 'embedded-site') };
  if (config.ehrSiteDir !== null) return { origin: 'ehr', siteDir: config.ehrSiteDir };
  const imported = importedSiteDir(config);
  if (existsSync(imported)) return { origin: 'imported', siteDir: imported };
  return { origin: 'stand-in', siteDir: join(config.dataDir, 'stand-in-site') };
}
