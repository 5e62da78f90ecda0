import type { Role } from '../sign-in/person.js';

const PORTAL_SCOPES: ReadonlySet<string> = new Set(['api:port', 'api:pofh']);

/**
 * As whom people may sign in for a request: as nobody who could do nothing with what is granted. The EHR's own API is closed to
 * patients, its portal API to staff; FHIR and identity are for both.
 * @param scope as requested
 * @param patientsAllowed whether the EHR lets patients use its API
 * @returns never empty; the likelier role first
 * @see the EHR's src/RestControllers/Authorization/BearerTokenAuthorizationStrategy.php
 */
export function rolesFor(scope: readonly string[], patientsAllowed: boolean): readonly Role[] {
  const isForStaff = scope.some((name) => name === 'api:oemr' || name.startsWith('user/') || name.startsWith('system/'));
  const isForPortal = scope.some((name) => PORTAL_SCOPES.has(name));
  const isForPatients = isForPortal || scope.some((name) => name.startsWith('patient/'));
  if (!patientsAllowed || (isForStaff && !isForPatients)) return ['users'];
  return isForPortal && !isForStaff ? ['patient'] : ['users', 'patient'];
}
