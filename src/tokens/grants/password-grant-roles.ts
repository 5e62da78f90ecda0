import type { Role } from '../../sign-in/person.js';

const ROLES: Readonly<Record<string, readonly Role[]>> = { '1': ['users'], '2': ['patient'], '3': ['users', 'patient'] };

/**
 * For whom the EHR allows the password grant.
 * @param setting text of the EHR's setting `oauth_password_grant`; '' when there is no such row
 * @returns nobody for anything but the three values that the EHR knows
 * @see the EHR's library/globals.inc.php
 */
export function passwordGrantRoles(setting: string): readonly Role[] {
  return Object.hasOwn(ROLES, setting) ? (ROLES[setting] ?? []) : [];
}
