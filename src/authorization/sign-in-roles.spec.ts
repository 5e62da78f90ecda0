import { rolesFor } from './sign-in-roles.js';

describe('rolesFor', () => {
  it.each([
    ['openid profile', ['users', 'patient']],
    ['openid api:fhir patient/Patient.read', ['users', 'patient']],
    ['openid api:oemr user/patient.read', ['users']],
    ['api:fhir user/Patient.rs', ['users']],
    ['api:fhir system/Patient.rs', ['users']],
    ['openid api:port patient/encounter.read', ['patient']],
    ['openid api:pofh', ['patient']],
    ['openid api:oemr api:fhir api:port api:pofh', ['users', 'patient']],
    ['user/Patient.rs patient/Patient.rs', ['users', 'patient']],
  ])('%s: %j', (scope, roles) => {
    expect(rolesFor(scope.split(' '), true)).toEqual(roles);
  });

  it.each(['openid', 'openid api:port', 'patient/Patient.rs'])('never asks patients where the EHR has no API for them: %s', (scope) => {
    expect(rolesFor(scope.split(' '), false)).toEqual(['users']);
  });
});
