import fc from 'fast-check';
import { EVERYTHING } from '../../../test/support/scope-cases.js';
import { decideScopes, grantedBy } from './scope-decision.js';
import { ScopeIndex } from './scope-index.js';
import { isOpenedBy, LETTERS } from './smart-scope.js';

const requests = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom('openid', 'fhirUser', 'launch/patient', 'offline_access', 'api:oemr', 'api:port', 'nonsense'),
    fc.constantFrom(...EVERYTHING.names),
    fc
      .record({
        context: fc.constantFrom('patient', 'user', 'system'),
        resource: fc.constantFrom('*', 'Observation', 'Condition', 'Patient', 'medical_problem', 'Claim'),
        permission: fc.oneof(
          fc.subarray([...LETTERS], { minLength: 1 }).map((letters) => letters.join('')),
          fc.constantFrom('read', 'write', '*', '$export'),
        ),
        search: fc.constantFrom('', '?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory', '?category=x'),
      })
      .map(({ context, resource, permission, search }) => `${context}/${resource}.${permission}${search}`),
  ),
  { maxLength: 12 },
);
const roles = fc.constantFrom('users', 'patient', 'system', null);

describe('The laws of decisions', () => {
  const ground = (registered: readonly string[], role: 'users' | 'patient' | 'system' | null = null) => ({
    ...{ supported: EVERYTHING, registered: new ScopeIndex(registered), role },
  });
  const law = (check: (asked: string[], registered: string[], role: 'users' | 'patient' | 'system' | null) => void): void =>
    fc.assert(fc.property(requests, requests, roles, check));

  it('grants nothing that was not asked for, nor registered, nor known', () => {
    law((asked, registered, role) => {
      for (const scope of grantedBy(decideScopes(asked, ground(registered, role)))) {
        for (const bound of [asked, registered, [...EVERYTHING.names]]) expect(isOpenedBy(bound, scope)).toBe(true);
      }
    });
  });

  it('gives each scope one outcome, in the order of the request', () => {
    law((asked, registered, role) => {
      expect(decideScopes(asked, ground(registered, role)).map(({ scope }) => scope)).toEqual(asked);
    });
  });

  it('decides the same about what it granted', () => {
    law((asked, registered, role) => {
      const granted = grantedBy(decideScopes(asked, ground(registered, role)));
      expect(grantedBy(decideScopes(granted, ground(registered, role)))).toEqual(granted);
    });
  });

  it('grants no more to a role than to anyone, nor to a client that is registered for less', () => {
    law((asked, registered, role) => {
      const most = grantedBy(decideScopes(asked, ground(registered)));
      for (const less of [ground(registered, role), ground(registered.slice(1))]) {
        for (const scope of grantedBy(decideScopes(asked, less))) expect(isOpenedBy(most, scope)).toBe(true);
      }
    });
  });
});
