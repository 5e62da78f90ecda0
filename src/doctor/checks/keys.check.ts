import { EhrCryptoError } from '../../platform/ehr/ehr-crypto.error.js';
import { OAuthKeysError } from '../../platform/ehr/oauth-keys.js';
import { SiteFolderError } from '../../platform/ehr/site-folder.js';
import { type Check, error, type Finding, type Ground, info, warning } from '../check.js';
import type { Examination } from '../examination.js';

/** Whether the keys of the site exist, open and belong together. */
export class KeysCheck implements Check {
  readonly id = 'keys';
  readonly healthy = 'The keys of the site are there, open and belong together';
  readonly needs = ['ehr-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    try {
      const { origin, siteDir } = await this.examination.openSite();
      if (origin === 'imported') return [imported(siteDir)];
      return origin === 'stand-in' ? [standIn()] : [];
    } catch (failure) {
      return [brokenKeys(failure)];
    }
  }

  missingGrounds(findings: readonly Finding[]): readonly Ground[] {
    return findings.some(({ level }) => level !== 'info') ? ['keys'] : []; // with stand-in keys no secret of the EHR opens
  }
}

const imported = (siteDir: string): Finding =>
  info('keys.imported', [
    `The keys of the site are there, open and belong together; they were imported into ${siteDir}`,
    'When the EHR gets other keys, these do not follow by themselves',
    'After a change of its keys, run chartkey keys export there, and chartkey keys import --replace here',
  ]);

const standIn = (): Finding =>
  warning('keys.stand-in', [
    'The keys are a stand-in, made by this server',
    "The EHR's API refuses its tokens, and the secrets that the EHR has stored stay closed",
    'Set OPENEMR_SITE_DIR to the folder sites/<site> of the EHR, or carry its keys here with chartkey keys export and import',
  ]);

/** @param failure of opening the site */
export function brokenKeys(failure: unknown): Finding {
  if (failure instanceof SiteFolderError) {
    return error('keys.unreadable', [
      failure.message,
      'The server reads the keys of the site at its start',
      'Let the user that runs the server read the folder OPENEMR_SITE_DIR and what is in it',
    ]);
  }
  if (failure instanceof OAuthKeysError) {
    return error('keys.signer', [
      failure.message,
      'Tokens cannot be signed so that the EHR accepts them',
      'Put the two files of documents/certificates and the rows oauth2key and oauth2passphrase of the table keys back from one backup',
    ]);
  }
  if (!(failure instanceof EhrCryptoError)) throw failure;
  return failure.code === 'missing-key'
    ? error('keys.missing', [
        failure.message,
        'What was encrypted with it cannot be read: the pass phrase of the token signer, client secrets, authenticator secrets',
        'Put the key back from a backup of the EHR; never let a new one be made in its place',
      ])
    : error('keys.wrong', [
        failure.message,
        'The keys in the site folder and those in the table keys are not of one site, or one of them is damaged',
        'Restore the site folder and the table keys from backups of the same day, and check that OPENEMR_SITE_DIR is of this database',
      ]);
}
