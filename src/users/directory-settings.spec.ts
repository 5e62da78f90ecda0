import { Globals } from '../platform/ehr/global-settings.js';
import { bindName, isInClear, isInDirectory, readDirectorySettings } from './directory-settings.js';

describe('isInDirectory', () => {
  it.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ gbl_ldap_enabled: '0' }, false],
    [{ gbl_ldap_enabled: '1' }, true],
    [{ gbl_ldap_enabled: '1', gbl_ldap_exclusions: 'admin, ada' }, false],
    [{ gbl_ldap_enabled: '1', gbl_ldap_exclusions: 'admin,Ada' }, true],
  ])('%j: %j', (values, expected) => {
    expect(isInDirectory('ada', new Globals(values))).toBe(expected);
  });
});

describe('readDirectorySettings', () => {
  it.each([
    ['dc1.example', ['ldap://dc1.example']],
    ['ldaps://dc1.example:636  dc2.example', ['ldaps://dc1.example:636', 'ldap://dc2.example']],
    ['', []],
  ])('reads the hosts of %j', (host, urls) => {
    expect(readDirectorySettings(new Globals({ gbl_ldap_host: host })).urls).toEqual(urls);
  });
});

describe('bindName', () => {
  const TEMPLATE = 'uid={login},ou=people,dc=example';

  it('puts the user name in its place', () => {
    expect(bindName(TEMPLATE, 'ada.b-c_1')).toBe('uid=ada.b-c_1,ou=people,dc=example');
    expect(bindName('{login}@clinic.example', 'ada')).toBe('ada@clinic.example');
  });

  it.each([
    'ada,ou=admins',
    'ada=x',
    'ada+cn=x',
    '#ada',
    ' ada',
    'ada\\2c',
    'ada\u0000',
    'ada\n',
    'a"b',
    'a<b',
    '*',
    '',
    'ädä',
    '$&',
    '{login}',
  ])('takes no name that could mean something else there: %j', (name) => {
    expect(bindName(TEMPLATE, name)).toBeNull();
  });

  it('needs a place for it: else one password would open every account', () => {
    expect(bindName('cn=reader,dc=example', 'ada')).toBeNull();
  });
});

describe('isInClear', () => {
  it.each([
    ['ldap://dc.example', false, true],
    ['ldap://dc.example', true, false],
    ['ldaps://dc.example', false, false],
    ['ldap://localhost:3890', false, false],
    ['ldap://localhost.evil.example', false, true],
  ])('%s, with a file of the authority %j: %j', (url, hasAuthority, expected) => {
    expect(isInClear(url, hasAuthority)).toBe(expected);
  });
});
