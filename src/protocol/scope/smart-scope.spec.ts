import {
  coversResource,
  coverTogether,
  intersectResource,
  isOpenedBy,
  narrowResource,
  parseResourceScope,
  type ResourceScope,
  withoutCovered,
  writeResourceScope,
} from './smart-scope.js';

const US_CORE = 'http://hl7.org/fhir/us/core/CodeSystem';
const LABORATORY = 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
const VITAL_SIGNS = 'http://terminology.hl7.org/CodeSystem/observation-category|vital-signs';

const read = (text: string): ResourceScope => {
  const scope = parseResourceScope(text);
  if (scope === null) throw new Error(`not a resource scope: ${text}`);
  return scope;
};
const readAll = (texts: readonly string[]): ResourceScope[] => texts.map(read);
const writeAll = (scopes: readonly ResourceScope[]): string[] => scopes.map(writeResourceScope);

describe('parseResourceScope', () => {
  it.each([
    ['patient/Observation.rs', 'patient/Observation.rs'],
    ['patient/Observation.read', 'patient/Observation.rs'],
    ['user/Patient.write', 'user/Patient.cud'],
    ['system/*.*', 'system/*.cruds'],
    ['patient/*.cruds', 'patient/*.cruds'],
    ['user/Encounter.c', 'user/Encounter.c'],
    ['user/medical_problem.cruds', 'user/medical_problem.cruds'],
    ['patient/DocumentReference.$docref', 'patient/DocumentReference.$docref'],
    ['system/*.$bulkdata-status', 'system/*.$bulkdata-status'],
    ['user/insurance.$swap-insurance', 'user/insurance.$swap-insurance'],
    [`patient/Observation.rs?category=${LABORATORY}`, `patient/Observation.rs?category=${LABORATORY}`],
    ['patient/Observation.rs?category=laboratory&code=1', 'patient/Observation.rs?category=laboratory&code=1'],
    ['patient/Observation.rs?code=1&category=laboratory', 'patient/Observation.rs?category=laboratory&code=1'],
    ['patient/Observation.rs?category=b,a', 'patient/Observation.rs?category=a,b'],
    ['patient/Observation.rs?category=a&category=a,b', 'patient/Observation.rs?category=a'],
    ['patient/Observation.rs?date=ge2020%26x', 'patient/Observation.rs?date=ge2020%26x'],
    [`patient/Condition.rs?category=${encodeURIComponent(`${US_CORE}/x|y`)}`, `patient/Condition.rs?category=${US_CORE}/x|y`],
  ])('reads %s as %s (SMART App Launch 2.2 §3.0.2)', (text, written) => {
    expect(writeResourceScope(read(text))).toBe(written);
  });

  it.each([
    'openid',
    'launch/patient',
    'api:fhir',
    'patient/Observation',
    'patient/Observation.',
    'patient/Observation.sr',
    'patient/Observation.rr',
    'patient/Observation.x',
    'patient/Observation.READ',
    'patient/.rs',
    'patient/*bservation.rs',
    'patient/Observation.$',
    'encounter/Observation.rs',
    'Patient/Observation.rs',
    'patient:Observation.rs',
    'patient/Observation.rs?',
    'patient/Observation.rs?category',
    'patient/Observation.rs?category=',
    'patient/Observation.rs?=laboratory',
    'patient/Observation.rs?category=a,,b',
    'patient/Observation.rs?category=%',
    'patient/Observation.rs?category=a&',
    'patient/Observation.rs?cat egory=a',
  ])('does not take %s for one', (text) => {
    expect(parseResourceScope(text)).toBeNull();
  });
});

describe('coversResource', () => {
  it.each([
    ['patient/*.cruds', 'patient/Observation.rs', true],
    ['patient/Observation.rs', 'patient/*.rs', false],
    ['patient/Observation.read', 'patient/Observation.r', true],
    ['patient/Observation.rs', 'patient/Observation.cruds', false],
    ['user/Patient.write', 'user/Patient.read', false],
    ['user/Patient.rs', 'patient/Patient.rs', false],
    ['user/*.cruds', 'system/*.r', false],
    ['patient/Observation.rs', `patient/Observation.rs?category=${LABORATORY}`, true],
    [`patient/Observation.rs?category=${LABORATORY}`, 'patient/Observation.rs', false],
    [`patient/Observation.rs?category=${LABORATORY},${VITAL_SIGNS}`, `patient/Observation.rs?category=${LABORATORY}`, true],
    [`patient/Observation.rs?category=${LABORATORY}`, `patient/Observation.rs?category=${LABORATORY},${VITAL_SIGNS}`, false],
    ['patient/Observation.rs?category=a', 'patient/Observation.rs?category=a&code=1', true],
    ['patient/Observation.rs?category=a', 'patient/Observation.rs?code=a', false],
    ['patient/*.cruds', 'patient/DocumentReference.$docref', false],
    ['system/*.$export', 'system/Patient.$export', true],
    ['system/Patient.$export', 'system/Patient.$other', false],
    ['system/Patient.$export', 'system/Patient.rs', false],
  ])('%s covers %s: %s', (outer, inner, expected) => {
    expect(coversResource(read(outer), read(inner))).toBe(expected);
  });
});

describe('intersectResource', () => {
  it.each([
    ['patient/*.rs', 'patient/Observation.cruds', 'patient/Observation.rs'],
    ['patient/*.rs', 'patient/*.cud', null],
    ['patient/Observation.rs', 'patient/Condition.rs', null],
    ['patient/Observation.rs', 'user/Observation.rs', null],
    ['patient/Observation.cruds?category=a', 'patient/*.rs?code=1', 'patient/Observation.rs?category=a&code=1'],
    ['patient/Observation.rs?category=a,b', 'patient/Observation.rs?category=a', 'patient/Observation.rs?category=a'],
    ['patient/Observation.rs?category=a,b', 'patient/Observation.rs?category=b,c', 'patient/Observation.rs?category=a,b&category=b,c'],
    ['system/*.$export', 'system/Group.$export', 'system/Group.$export'],
    ['system/*.$export', 'system/Group.rs', null],
  ])('of %s and %s is %s', (one, other, expected) => {
    for (const [left, right] of [
      [one, other],
      [other, one],
    ] as const) {
      const common = intersectResource(read(left), read(right));
      expect(common && writeResourceScope(common)).toBe(expected);
    }
  });
});

describe('coverTogether', () => {
  it('adds up letters, resources and searches', () => {
    expect(coverTogether(readAll(['patient/Observation.r', 'patient/*.s']), read('patient/Observation.rs'))).toBe(true);
    expect(coverTogether(readAll(['patient/Observation.r', 'user/*.s']), read('patient/Observation.rs'))).toBe(false);
    expect(coverTogether(readAll(['patient/Observation.r', 'patient/Observation.s?code=1']), read('patient/Observation.rs'))).toBe(false);
  });

  it('is not reached without scopes', () => {
    expect(coverTogether([], read('patient/Observation.r'))).toBe(false);
    expect(coverTogether([], read('system/Patient.$export'))).toBe(false);
  });
});

describe('narrowResource', () => {
  it.each([
    ['patient/Observation.cruds', ['patient/Observation.rs'], ['patient/Observation.rs']],
    [
      'patient/*.rs',
      ['patient/Observation.rs', 'patient/Condition.r', 'user/Patient.rs'],
      ['patient/Observation.rs', 'patient/Condition.r'],
    ],
    ['patient/Observation.cruds', ['patient/Observation.r', 'patient/Observation.s'], ['patient/Observation.rs']],
    ['patient/Observation.rs', ['patient/Observation.r', 'patient/*.s'], ['patient/Observation.rs']],
    [
      'patient/Observation.rs',
      ['patient/Observation.rs?category=a', 'patient/Observation.rs?category=b'],
      ['patient/Observation.rs?category=a', 'patient/Observation.rs?category=b'],
    ],
    [
      'patient/Observation.rs',
      ['patient/Observation.rs?category=a', 'patient/Observation.rs?category=a&code=1'],
      ['patient/Observation.rs?category=a'],
    ],
    ['patient/Observation.rs', ['patient/Condition.rs'], []],
    ['system/*.$export', ['system/Patient.$export', 'system/*.rs'], ['system/Patient.$export']],
  ])('%s within %j is %j', (wanted, available, expected) => {
    expect(writeAll(narrowResource(read(wanted), readAll(available)))).toEqual(expected);
  });
});

describe('withoutCovered', () => {
  it('keeps the first of equals and drops what another one opens anyway', () => {
    const scopes = ['patient/Observation.read', 'patient/Observation.rs', 'patient/Observation.r', 'patient/Condition.s', 'patient/*.s'];
    expect(writeAll(withoutCovered(readAll(scopes)))).toEqual(['patient/Observation.rs', 'patient/*.s']);
  });
});

describe('isOpenedBy', () => {
  it.each([
    [['openid'], 'openid', true],
    [['openid'], 'profile', false],
    [['launch/patient', 'patient/*.rs'], 'launch/encounter', false],
    [['openid', 'patient/Observation.read'], 'patient/Observation.rs', true],
    [['patient/Observation.rs'], `patient/Observation.rs?category=${LABORATORY}`, true],
    [[`patient/Observation.rs?category=${LABORATORY}`], 'patient/Observation.rs', false],
    [['patient/Observation.r', 'patient/Observation.s'], 'patient/Observation.read', true],
    [['user/Patient.read'], 'user/Patient.write', false],
    [[], 'patient/Observation.rs', false],
  ])('%j opens %s: %s', (granted, wanted, expected) => {
    expect(isOpenedBy(granted, wanted)).toBe(expected);
  });
});
