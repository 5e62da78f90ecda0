import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { RandomBytes } from '../ambient/random.js';
import type { Config } from '../config/config.js';
import { EhrKey } from './ehr-key.entity.js';
import { EhrSite, type KeyOrigin } from './ehr-site.js';
import { GlobalSetting } from './global-setting.entity.js';
import type { EhrKeyRing } from './key-ring.js';
import { findOAuthKeys, OAuthKeysError } from './oauth-keys.js';
import { isDatabaseEncryptionOn, SecretBox } from './secret-box.js';
import { writeSiteFile } from './site-folder.js';
import { createSiteKeys, loadKeyRing } from './site-keys.js';
import { locateSite } from './site-location.js';
import { readMajorVersion } from './major-version.query.js';

const OWNER_ONLY = 0o600;

/**
 * Loads the key material of the site, and makes it where nobody else can have any: for the embedded database, and as a stand-in for an
 * EHR whose site folder is out of reach. The EHR's own keys are never made or changed.
 * @throws OAuthKeysError, EhrCryptoError, SiteFolderError saying what is missing and where it was looked for
 */
export async function openEhrSite(source: DataSource, config: Config, random: RandomBytes): Promise<EhrSite> {
  const { origin, siteDir } = locateSite(config);
  const rows = await keyRows(origin, source, siteDir, random);
  const secretBox = await openSecretBox(source, await loadKeyRing(siteDir, rows, random));
  const keys = await findOAuthKeys(siteDir, rows, secretBox);
  if (keys) return new EhrSite(origin, siteDir, secretBox, keys);
  throw new OAuthKeysError(
    `no token signer in ${siteDir} and the table keys: is OPENEMR_SITE_DIR the folder sites/${config.site} of the EHR? ` +
      'A site that never used its API makes the signer at the first request to its own /oauth2',
  );
}

/** What opens and seals the secret columns of a database with the keys of a ring. */
export async function openSecretBox(source: DataSource, ring: EhrKeyRing): Promise<SecretBox> {
  const setting = await source.getRepository(GlobalSetting).findOneBy({ name: 'database_encryption', index: 0 });
  return new SecretBox(ring, { databaseEncryption: isDatabaseEncryptionOn(await readMajorVersion(source), setting?.value) });
}

/** Rows of the EHR's table `keys`: name -> value. */
export async function readKeyRows(source: DataSource): Promise<Map<string, string>> {
  return new Map((await source.getRepository(EhrKey).find()).map((key) => [key.name, key.value ?? '']));
}

async function keyRows(origin: KeyOrigin, source: DataSource, siteDir: string, random: RandomBytes): Promise<Map<string, string>> {
  if (origin === 'stand-in') return standInRows(siteDir, random);
  const rows = await readKeyRows(source);
  if (origin !== 'embedded' || rows.size > 0) return rows;
  await rm(siteDir, { recursive: true, force: true }); // files without their rows: a first start that did not finish
  const created = await createSiteKeys(siteDir, random);
  await source.getRepository(EhrKey).insert([...created].map(([name, value]) => ({ name, value })));
  return created;
}

/** The rows of a stand-in are kept beside its folder: the EHR's table `keys` is not ours to fill. */
async function standInRows(siteDir: string, random: RandomBytes): Promise<Map<string, string>> {
  const path = join(siteDir, 'keys.json');
  const stored = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (stored !== null) return new Map(Object.entries(JSON.parse(stored) as Record<string, string>));
  await rm(siteDir, { recursive: true, force: true });
  const created = await createSiteKeys(siteDir, random);
  await mkdir(siteDir, { recursive: true, mode: 0o700 });
  await writeSiteFile(path, `${JSON.stringify(Object.fromEntries(created))}\n`, OWNER_ONLY, random);
  return created;
}
