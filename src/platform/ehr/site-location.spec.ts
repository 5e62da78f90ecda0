import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../config/load-config.js';
import { importedSiteDir, locateSite } from './site-location.js';

const EHR = { DATABASE_URL: 'mysql://chartkey@db/openemr', SITE: 'north' };

describe('locateSite', () => {
  let folder: string;
  const locate = (env: Record<string, string>) => locateSite(loadConfig({ CHARTKEY_DATA_DIR: folder, ...env }));
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'chartkey-location-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each<[string, Record<string, string>, string]>([
    ['embedded', {}, 'embedded-site'],
    ['stand-in', EHR, 'stand-in-site'],
    ['ehr', { ...EHR, OPENEMR_SITE_DIR: '/srv/site' }, '/srv/site'],
  ])('finds keys of the origin %s', (origin, env, place) => {
    expect(locate(env)).toEqual({ origin, siteDir: place.startsWith('/') ? place : join(folder, place) });
  });

  it('takes what was imported for this site when the folder of the EHR is not named', () => {
    const siteDir = importedSiteDir(loadConfig({ CHARTKEY_DATA_DIR: folder, ...EHR }));
    mkdirSync(siteDir, { recursive: true });
    expect(locate(EHR)).toEqual({ origin: 'imported', siteDir });
    expect(locate({ ...EHR, OPENEMR_SITE_DIR: '/srv/site' }).origin).toBe('ehr');
    expect(locate({ ...EHR, SITE: 'south' }).origin).toBe('stand-in');
    expect(locate({}).origin).toBe('embedded');
  });
});
