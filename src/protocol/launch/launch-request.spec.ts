import { SentParameters } from '../parameters/form.js';
import { checkLaunchRequest } from './launch-request.js';

const UUID = '9F2C1C6E-5B1A-4D0E-8F2A-3C4D5E6F7A8C';
const check = (fields: Record<string, string>) =>
  checkLaunchRequest(new SentParameters(Object.entries({ app: 'a', user: 'u', ...fields })));

describe('checkLaunchRequest', () => {
  it('reads what is needed, and what may be there', () => {
    expect(check({})).toEqual({
      app: 'a',
      user: 'u',
      launch: { patient: null, encounter: null, intent: null, fhirContext: [], needPatientBanner: false, tenant: null },
    });
    const fhirContext = [
      { reference: 'ImagingStudy/123' },
      { canonical: 'https://x.example/q|1', role: 'r' },
      { identifier: { value: '1' } },
    ];
    const sent = { patient: UUID, encounter: UUID, intent: 'order', need_patient_banner: 'true', tenant: 'north' };
    expect(check({ ...sent, fhirContext: JSON.stringify(fhirContext) }).launch).toEqual({
      ...{
        patient: UUID.toLowerCase(),
        encounter: UUID.toLowerCase(),
        intent: 'order',
        needPatientBanner: true,
        tenant: 'north',
        fhirContext,
      },
    });
  });

  it.each<[Record<string, string>, RegExp]>([
    [{ app: '' }, /^app is missing/],
    [{ user: '' }, /^user is missing/],
    [{ patient: '7' }, /^patient must be a uuid/],
    [{ encounter: 'x' }, /^encounter must be a uuid/],
    [{ intent: 'x'.repeat(201) }, /^intent is longer/],
    [{ tenant: 'a\nb' }, /^tenant is longer.*control/],
    [{ need_patient_banner: '1' }, /^need_patient_banner must be true or false/],
    [{ fhirContext: '{}' }, /^fhirContext must be a JSON list/],
    [{ fhirContext: '[{' }, /^fhirContext must be/],
    [{ fhirContext: '[1]' }, /^fhirContext must be/],
    [{ fhirContext: '[{}]' }, /^fhirContext must be/],
    [{ fhirContext: '[{"reference":"Patient/1"}]' }, /^fhirContext must be/],
    [{ fhirContext: '[{"reference":"https://elsewhere.example/X/1"}]' }, /^fhirContext must be/],
    [{ fhirContext: '[{"reference":"List/1","secret":"x"}]' }, /^fhirContext must be/],
    [{ fhirContext: '[{"identifier":{"assigner":{}}}]' }, /^fhirContext must be/],
    [{ fhirContext: '[{"canonical":"javascript:x"}]' }, /^fhirContext must be/],
    [{ fhirContext: JSON.stringify(Array.from({ length: 21 }, () => ({ reference: 'List/1' }))) }, /^fhirContext must be/],
  ])('refuses %j', (fields, description) => {
    expect(() => check(fields)).toThrow(
      expect.objectContaining({ code: 'invalid_request', description: expect.stringMatching(description) }),
    );
  });
});
