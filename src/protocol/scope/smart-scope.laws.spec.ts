import fc from 'fast-check';
import {
  coversResource,
  coverTogether,
  intersectResource,
  LETTERS,
  narrowResource,
  parseResourceScope,
  type ResourceScope,
  writeResourceScope,
} from './smart-scope.js';

const LABORATORY = 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory';

const read = (text: string): ResourceScope => {
  const scope = parseResourceScope(text);
  if (scope === null) throw new Error(`not a resource scope: ${text}`);
  return scope;
};

const constraints = fc.dictionary(
  fc.constantFrom('category', 'code', 'status'),
  fc.uniqueArray(fc.constantFrom('a', 'b', LABORATORY, 'x&y', 'x,y', '50%'), { minLength: 1, maxLength: 3 }),
  { maxKeys: 2 },
);
const texts = fc
  .record({
    context: fc.constantFrom('patient', 'user', 'system'),
    resource: fc.constantFrom('*', 'Observation', 'Condition', 'medical_problem'),
    permission: fc.oneof(
      fc.subarray([...LETTERS], { minLength: 1 }).map((letters) => letters.join('')),
      fc.constantFrom('read', 'write', '*', '$export', '$docref'),
    ),
    search: constraints,
  })
  .map(({ context, resource, permission, search }) => {
    const terms = Object.entries(search).map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(',')}`);
    return `${context}/${resource}.${permission}${terms.length > 0 ? `?${terms.join('&')}` : ''}`;
  });
const scopes = texts.map(read);

describe('The laws of scopes', () => {
  const holds = <T extends unknown[]>(...args: [...{ [K in keyof T]: fc.Arbitrary<T[K]> }, (...values: T) => void]): void =>
    fc.assert(fc.property(...(args as unknown as [fc.Arbitrary<unknown>, () => void])));

  it('what is written is read back as the same', () => {
    holds(scopes, (scope: ResourceScope) => expect(read(writeResourceScope(scope))).toEqual(scope));
  });

  it('what is written is a scope token (RFC 6749 §3.3)', () => {
    holds(scopes, (scope: ResourceScope) => expect(writeResourceScope(scope)).toMatch(/^[\x21\x23-\x5B\x5D-\x7E]+$/));
  });

  it('each covers itself, and covering carries on', () => {
    holds(scopes, scopes, scopes, (one: ResourceScope, two: ResourceScope, three: ResourceScope) => {
      expect(coversResource(one, one)).toBe(true);
      if (coversResource(one, two) && coversResource(two, three)) expect(coversResource(one, three)).toBe(true);
    });
  });

  it('both cover what they have in common, whichever comes first', () => {
    holds(scopes, scopes, (one: ResourceScope, two: ResourceScope) => {
      const common = intersectResource(one, two);
      expect(intersectResource(two, one)).toEqual(common);
      if (common === null) return;
      expect(coversResource(one, common)).toBe(true);
      expect(coversResource(two, common)).toBe(true);
    });
  });

  it('what one covers is what they have in common, and nothing larger is in both', () => {
    holds(scopes, scopes, scopes, (one: ResourceScope, two: ResourceScope, three: ResourceScope) => {
      if (coversResource(one, two)) expect(intersectResource(one, two)).toEqual(two);
      if (!coversResource(one, three) || !coversResource(two, three)) return;
      const common = intersectResource(one, two);
      expect(common !== null && coversResource(common, three)).toBe(true);
    });
  });

  it('narrowing gives no more than was wanted and no more than there is, and all of it when it is there', () => {
    holds(scopes, fc.array(scopes, { maxLength: 6 }), (wanted: ResourceScope, available: ResourceScope[]) => {
      const granted = narrowResource(wanted, available);
      for (const scope of granted) {
        expect(coversResource(wanted, scope)).toBe(true);
        expect(coverTogether(available, scope)).toBe(true);
      }
      if (coverTogether(available, wanted)) expect(granted).toEqual([wanted]);
      for (const one of available) {
        const common = intersectResource(wanted, one);
        if (common !== null) expect(coverTogether(granted, common)).toBe(true);
      }
    });
  });
});
