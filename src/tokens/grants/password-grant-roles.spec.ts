import { Globals } from '../../platform/ehr/global-settings.js';
import { passwordGrantRoles } from './password-grant-roles.js';

describe('passwordGrantRoles', () => {
  it.each([
    ['', []],
    ['0', []],
    ['1', ['users']],
    ['2', ['patient']],
    ['3', ['users', 'patient']],
    ['4', []],
    ['on', []],
    ['constructor', []],
  ])('for the setting %j: %j', (setting, roles) => {
    expect(passwordGrantRoles(new Globals({ oauth_password_grant: setting, rest_portal_api: '1' }))).toEqual(roles);
  });

  it.each([
    [{ rest_fhir_api: '1' }, ['users', 'patient']],
    [{ rest_api: '1' }, ['users']],
    [{}, ['users']],
  ])('leaves patients out where no API is for them: %j', (switches, roles) => {
    expect(passwordGrantRoles(new Globals({ oauth_password_grant: '3', ...switches }))).toEqual(roles);
  });
});
