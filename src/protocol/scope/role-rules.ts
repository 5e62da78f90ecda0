import { LETTERS, type ResourceScope } from './smart-scope.js';

/** As whom the EHR's API takes the bearer of a token. */
export type ScopeRole = 'users' | 'patient' | 'system';

/** Doors of the EHR's API that are closed to a role. */
const CLOSED_DOORS: Readonly<Record<ScopeRole, ReadonlySet<string>>> = {
  users: new Set(['api:port', 'api:pofh']),
  patient: new Set(['api:oemr']),
  system: new Set(),
};

/** Resources of FHIR have a capital, those of the EHR's own API have none. */
export function isOfFhir({ resource }: ResourceScope): boolean {
  return /^[A-Z*]/.test(resource);
}

/**
 * Whether a scope that opens no records is of use to a role. Programs without a user have no identity, no launch and no door to choose.
 * @see the EHR's BearerTokenAuthorizationStrategy: /api/ is for staff, /portal/ for patients, /fhir/ for all
 */
export function isNamedScopeFor(role: ScopeRole, scope: string): boolean {
  return role !== 'system' && !CLOSED_DOORS[role].has(scope);
}

/**
 * What of a scope for records the EHR's API opens to a role: staff have `user/`, and `patient/` of FHIR for the patient in context; patients
 * have `patient/`, and change nothing in FHIR; programs have `system/`.
 * @returns null when nothing
 */
export function restrictToRole(role: ScopeRole, scope: ResourceScope): ResourceScope | null {
  const isFhir = isOfFhir(scope);
  switch (role) {
    case 'system':
      return scope.context === 'system' ? scope : null;
    case 'users':
      return scope.context === 'user' || (scope.context === 'patient' && isFhir) ? scope : null;
    case 'patient': {
      if (scope.context !== 'patient') return null;
      if (!isFhir || scope.operation !== null) return scope;
      const letters = LETTERS.filter((letter) => scope.letters.includes(letter) && (letter === 'r' || letter === 's'));
      return letters.length === 0 ? null : { ...scope, letters };
    }
  }
}
