import { EMPTY_LAUNCH, launchedContext, launchedPatient, readEhrLaunch } from './launch.js';

const PATIENT = '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8c';
const ENCOUNTER = '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8d';
const ISSUER = 'https://id.example/oauth2/default';
const STYLE = { smart_style_url: `${ISSUER}/smart/smart-style` };

describe('readEhrLaunch', () => {
  it.each<[string, object, object]>([
    ['patient', { p: PATIENT }, { patient: PATIENT }],
    [
      'visit and intent',
      { p: PATIENT, e: ENCOUNTER, i: 'encounter.forms.dialog' },
      { patient: PATIENT, encounter: ENCOUNTER, intent: 'encounter.forms.dialog' },
    ],
    ['no intent that the EHR does not have', { p: PATIENT, i: 'do.anything' }, { patient: PATIENT }],
    ['appointment', { p: PATIENT, apt: ENCOUNTER }, { patient: PATIENT, fhirContext: [{ reference: `Appointment/${ENCOUNTER}` }] }],
    ['nothing', {}, {}],
  ])('reads %s', (_what, members, launch) => {
    expect(readEhrLaunch(JSON.stringify(members))).toEqual({ ...EMPTY_LAUNCH, ...launch });
  });

  it.each(['', '[]', 'null', '"text"', '{"p":1}', '{"p":"1 or 1=1"}', `{"p":"${PATIENT}","e":"x"}`])('reads nothing in %s', (json) => {
    expect(readEhrLaunch(json)).toBeNull();
  });
});

describe('launchedContext', () => {
  const launch = {
    ...EMPTY_LAUNCH,
    patient: PATIENT,
    encounter: ENCOUNTER,
    intent: 'i',
    tenant: 't',
    fhirContext: [{ reference: 'List/1' }],
  };

  it('tells everything that the launch says (SMART App Launch 2.2 §3.0.5)', () => {
    expect(launchedContext(launch, ['launch'], ISSUER)).toEqual({
      ...{ patient: PATIENT, need_patient_banner: false, encounter: ENCOUNTER, intent: 'i', tenant: 't' },
      ...{ fhirContext: [{ reference: 'List/1' }], ...STYLE },
    });
  });

  it('tells what there is, and nothing without the scope', () => {
    expect(launchedContext(EMPTY_LAUNCH, ['launch'], ISSUER)).toEqual(STYLE);
    expect(launchedContext({ ...launch, needPatientBanner: true }, ['launch'], ISSUER)).toMatchObject({ need_patient_banner: true });
    expect(launchedContext(launch, ['openid', 'launch/patient'], ISSUER)).toEqual({});
    expect(launchedContext(null, ['launch'], ISSUER)).toEqual({});
    expect([launchedPatient(launch, ['launch']), launchedPatient(launch, []), launchedPatient(undefined, ['launch'])]).toEqual([
      ...[PATIENT, null, null],
    ]);
  });
});
