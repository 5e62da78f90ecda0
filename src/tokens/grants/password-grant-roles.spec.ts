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
    expect(passwordGrantRoles(setting)).toEqual(roles);
  });
});
