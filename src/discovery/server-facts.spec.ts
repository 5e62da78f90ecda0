import type { Patient } from '../patients/patient.entity.js';
import { patientClaims, staffClaims } from '../sign-in/person-claims.js';
import type { User } from '../users/user.entity.js';
import { serverFacts, type RegisteredFacts } from './server-facts.js';

const registered: RegisteredFacts = {
  issuer: 'https://id.example/oauth2/default',
  fhirUrl: 'https://id.example/apis/default/fhir',
  managementUrl: 'https://id.example/account/apps',
  grantTypes: ['authorization_code', 'refresh_token'],
  clientAuthMethods: ['none'],
  scopes: ['openid'],
  isRegistrationOpen: true,
  serviceDocumentation: null,
};

const name = { firstName: 'Ada', middleName: 'B', lastName: 'Clara', email: 'a@b.example', phone: '1', street: 's', city: 'c', state: 't' };
const user = { ...name, username: 'ada', npi: '1', addressBookType: '', zip: 'z' } as unknown as User;
const patient = { ...name, sex: 'Female', birthDate: '1980-02-29', postalCode: 'z' } as unknown as Patient;

describe('serverFacts', () => {
  it('places every endpoint below the issuer', () => {
    const { management, ...endpoints } = serverFacts(registered).endpoints;
    expect(management).toBe(registered.managementUrl);
    expect(Object.values(endpoints).every((endpoint) => endpoint?.startsWith(`${registered.issuer}/`))).toBe(true);
    expect(serverFacts({ ...registered, isRegistrationOpen: false }).endpoints.registration).toBeNull();
  });

  it('offers exactly the claims about people that somebody can have, and those of the sign-in', () => {
    const aboutPeople = {
      ...staffClaims(user, 'u', 'https://ehr.example/fhir'),
      ...patientClaims(patient, 'p', 'https://ehr.example/fhir'),
    };
    const markers = ['api:oemr', 'api:fhir', 'api:port'];
    const ofToken = ['iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'at_hash', 'sid'];
    expect(new Set(serverFacts(registered).claims)).toEqual(new Set(['sub', ...Object.keys(aboutPeople), ...markers, ...ofToken]));
  });
});
