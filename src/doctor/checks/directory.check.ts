import type { Globals } from '../../platform/ehr/global-settings.js';
import { isInClear, readDirectorySettings } from '../../users/directory-settings.js';
import { DirectoryService } from '../../users/directory.service.js';
import { type Check, error, type Finding, warning } from '../check.js';
import type { Examination } from '../examination.js';

/** The directory (LDAP) that holds the passwords of staff, where the EHR is set so. */
export class DirectoryCheck implements Check {
  readonly id = 'directory';
  readonly healthy = 'No directory (LDAP) is in use, or it answers';
  readonly needs = ['ehr-tables', 'keys'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { settings } = this.examination;
    const globals = await settings.read();
    if (!globals.isOn('gbl_ldap_enabled')) return [];
    const directory = new DirectoryService(settings, await this.examination.openSite());
    const faults = await directory.findFaults();
    return [...directorySettingsFindings(globals, await directory.hasAuthority()), ...faults.map(unreachable)];
  }
}

/** @param hasAuthority whether the EHR's site has `documents/certificates/ldap-ca`, which makes it speak TLS with the directory */
export function directorySettingsFindings(globals: Globals, hasAuthority: boolean): Finding[] {
  const { urls, template } = readDirectorySettings(globals);
  const missing = [...(urls.length === 0 ? ['gbl_ldap_host'] : []), ...(template.includes('{login}') ? [] : ['gbl_ldap_dn'])];
  const inClear = urls.filter((url) => isInClear(url, hasAuthority));
  return [
    ...(missing.length > 0
      ? [
          error('directory.settings', [
            `The EHR has its directory (LDAP) on, and ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} empty or without {login}`,
            'Nobody can sign in but the people named in gbl_ldap_exclusions',
            'Complete the LDAP settings in the EHR (Administration, Config, Security)',
          ]),
        ]
      : []),
    ...(inClear.length > 0
      ? [
          warning('directory.in-clear', [
            `Passwords go to the directory in clear text: ${inClear.join(', ')}`,
            'Whoever listens on the way can read them',
            "Use ldaps:// in gbl_ldap_host, or put the certificate of the directory's authority into documents/certificates/ldap-ca of the site",
          ]),
        ]
      : []),
  ];
}

const unreachable = (fault: string): Finding =>
  error('directory.unreachable', [
    `The directory (LDAP) does not answer as it should: ${fault}`,
    'People whose password is there are refused meanwhile',
    'Check gbl_ldap_host, that the directory can be reached from here, and its certificate',
  ]);
