import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { Examination } from '../doctor/examination.js';
import { MfaRegistration } from '../mfa/mfa-registration.entity.js';
import type { Config } from '../platform/config/config.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import type { EhrSite, KeyOrigin } from '../platform/ehr/ehr-site.js';
import { type KeyEntry, listKeys } from '../platform/ehr/key-inventory.js';
import { OAuthKeysError } from '../platform/ehr/oauth-keys.js';
import { readKeyRows } from '../platform/ehr/open-ehr-site.js';
import { readDriveKeyFiles } from '../platform/ehr/site-folder.js';
import { loadKeyRing } from '../platform/ehr/site-keys.js';
import { locateSite } from '../platform/ehr/site-location.js';
import type { Ambient } from '../platform/platform.module.js';
import { signingKey } from '../signing-keys/signing-key.js';

const SEALED_ROWS: readonly string[] = ['oauth2key', 'oauth2passphrase'];

/** The key with which tokens are signed. */
export interface SigningKeyFacts {
  readonly kid: string;
  readonly algorithm: 'RS256';
  readonly bits: number;
  /** SHA-256 of the public key (SubjectPublicKeyInfo, DER), hex. */
  readonly fingerprint: string;
}

/** Which keys are in use. Holds no key. */
export interface KeyReport {
  readonly origin: KeyOrigin;
  readonly siteDir: string;
  /** null when the signer does not open. */
  readonly signingKey: SigningKeyFacts | null;
  /** Why it does not; null when it does. */
  readonly problem: string | null;
  /** Keys of the EHR's encryption; empty for a stand-in, which opens nothing of the EHR. */
  readonly keys: readonly KeyEntry[];
}

/** @param source knows every mapped table; nothing is made or changed */
export async function reportKeys(source: DataSource, config: Config, ambient: Ambient): Promise<KeyReport> {
  const { origin, siteDir } = locateSite(config);
  const keys = origin === 'stand-in' ? [] : await keysOf(source, siteDir, ambient);
  try {
    const site = await new Examination(source, config, ambient).openSite();
    return { origin, siteDir, signingKey: signingKeyFacts(site), problem: null, keys };
  } catch (error) {
    if (!(error instanceof OAuthKeysError || error instanceof EhrCryptoError)) throw error;
    return { origin, siteDir, signingKey: null, problem: error.message, keys };
  }
}

/** Whether something that is needed is not as it should be. */
export function isIncomplete({ problem, keys }: KeyReport): boolean {
  return problem !== null || keys.some(({ isNeeded, state }) => isNeeded && state !== 'present');
}

export function signingKeyFacts(site: EhrSite): SigningKeyFacts {
  const { publicKey, published } = signingKey(site.oauthKeys);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  const fingerprint = createHash('sha256').update(der).digest('hex');
  return { kid: published.kid, algorithm: 'RS256', bits: publicKey.asymmetricKeyDetails?.modulusLength ?? 0, fingerprint };
}

async function keysOf(source: DataSource, siteDir: string, { random }: Ambient): Promise<KeyEntry[]> {
  const rows = await readKeyRows(source);
  const clients = await source.getRepository(Client).find({ select: { clientId: true, encryptedSecret: true } });
  const factors = await source.getRepository(MfaRegistration).findBy({ method: 'TOTP' });
  const columns = [
    ...SEALED_ROWS.map((name) => rows.get(name) ?? ''),
    ...clients.map(({ encryptedSecret }) => encryptedSecret ?? ''),
    ...factors.map(({ data }) => data),
  ];
  return listKeys(await loadKeyRing(siteDir, rows, random), columns, await readDriveKeyFiles(siteDir));
}
