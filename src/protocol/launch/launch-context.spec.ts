import { contextMembers, smartStyleUrl, standaloneContext } from './launch-context.js';

const issuer = 'https://id.example/oauth2/default';
const patient = '9a1b0000-0001-4000-8000-000000000201';

describe('standaloneContext', () => {
  it('names the patient, and lets the app show whose record it is', () => {
    expect(standaloneContext({ scope: ['openid', 'launch/patient'], patient, issuer })).toEqual({
      patient,
      need_patient_banner: true,
      smart_style_url: 'https://id.example/oauth2/default/smart/smart-style',
    });
  });

  it.each([
    ['the scope was not granted', ['openid', 'launch', 'patient/Patient.rs'], patient],
    ['no patient is known', ['launch/patient'], null],
  ])('is empty when %s', (_why, scope, known) => {
    expect(standaloneContext({ scope, patient: known, issuer })).toEqual({});
  });
});

describe('contextMembers', () => {
  it('keeps what SMART names and nothing else', () => {
    const context = { patient, encounter: 'e', smart_style_url: smartStyleUrl(issuer), active: true, sub: 'x' };
    expect(contextMembers(context)).toEqual({ patient, encounter: 'e', smart_style_url: smartStyleUrl(issuer) });
    expect(contextMembers({})).toEqual({});
  });
});
