import { mayPatientsSignIn } from '../../platform/ehr/api-switches.js';
import type { Globals } from '../../platform/ehr/global-settings.js';
import type { Role } from '../../sign-in/person.js';

const ROLES: Readonly<Record<string, readonly Role[]>> = { '1': ['users'], '2': ['patient'], '3': ['users', 'patient'] };

/**
 * For whom the EHR allows the password grant, by its setting `oauth_password_grant`: nobody for anything but the three values that it
 * knows. Patients besides need an API that is for them, here as on the sign-in page.
 * @see the EHR's library/globals.inc.php
 */
export function passwordGrantRoles(globals: Globals): readonly Role[] {
  const setting = globals.text('oauth_password_grant');
  const roles = Object.hasOwn(ROLES, setting) ? (ROLES[setting] ?? []) : [];
  return mayPatientsSignIn(globals) ? roles : roles.filter((role) => role !== 'patient');
}
