import type { Globals } from '../platform/ehr/global-settings.js';

/** The EHR's rules about members of staff whose password is in a directory (LDAP). @see the EHR's src/Common/Auth/AuthUtils.php */
export interface DirectorySettings {
  /** Addresses to try in turn: `ldap://` or `ldaps://`, host and port. */
  readonly urls: readonly string[];
  /** Name to bind with, in which `{login}` stands for the user name. */
  readonly template: string;
}

/** What the EHR takes for a user name in a directory; any other it refuses unasked. None of it means anything in a DN (RFC 4514 §2.4). */
const PLAIN_NAME = /^[A-Za-z0-9_.-]+$/;

/** Whether the password of this person is in the directory, and not in the EHR. */
export function isInDirectory(username: string, globals: Globals): boolean {
  if (!globals.isOn('gbl_ldap_enabled')) return false;
  const exclusions = globals.text('gbl_ldap_exclusions').split(',');
  return !exclusions.some((name) => name.trim() === username);
}

/** @returns the settings, be they usable or not */
export function readDirectorySettings(globals: Globals): DirectorySettings {
  const hosts = globals.text('gbl_ldap_host').split(/\s+/).filter(Boolean);
  return { urls: hosts.map((host) => (host.includes('://') ? host : `ldap://${host}`)), template: globals.text('gbl_ldap_dn') };
}

/**
 * The name that somebody binds with.
 * @param template a DN, or what else the directory takes for one, such as `{login}@clinic.example`: so nothing is escaped, and what would
 *   need it is refused
 * @returns null for a user name that must not get into it
 */
export function bindName(template: string, username: string): string | null {
  return PLAIN_NAME.test(username) && template.includes('{login}') ? template.replaceAll('{login}', () => username) : null;
}

/** Whether passwords would cross the network in clear text: neither `ldaps://`, nor the file that makes the EHR switch to TLS. */
export function isInClear(url: string, hasAuthority: boolean): boolean {
  return !hasAuthority && !/^ldaps:/i.test(url) && !/^ldap:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i.test(url);
}
