import type { AuthorizationCode } from './authorization-code.entity.js';
import { consentSession } from './consent-session.js';

const CODE = {
  clientId: 'c',
  subject: 'a-person',
  redirectUri: 'https://app.example/cb',
  requestedScope: ['openid', 'api:fhir'],
  state: null,
  nonce: null,
  isRemembered: true,
  launchContext: {},
} as unknown as AuthorizationCode;
const FACTS = { site: 'default', code: CODE, clientRole: 'user', patientNumber: null };

describe('consentSession', () => {
  it("uses the EHR's names", () => {
    expect(consentSession(FACTS)).toEqual({
      site_id: 'default',
      csrf: '',
      scopes: 'openid api:fhir',
      client_id: 'c',
      client_role: 'user',
      launch: null,
      redirect_uri: 'https://app.example/cb',
      user_id: 'a-person',
      persist_login: 1,
    });
  });

  it('repeats state and nonce', () => {
    expect(consentSession({ ...FACTS, code: { ...CODE, state: 's', nonce: 'n' } })).toMatchObject({ csrf: 's', nonce: 'n' });
  });

  it('names the patient: the one who signed in, or the one in context', () => {
    expect(consentSession({ ...FACTS, patientNumber: 7 })).toMatchObject({ pid: 7, puuid: 'a-person' });
    const staff = consentSession({ ...FACTS, code: { ...CODE, launchContext: { patient: 'a-patient' } } });
    expect(staff).toMatchObject({ puuid: 'a-patient' });
    expect(staff).not.toHaveProperty('pid');
  });
});
