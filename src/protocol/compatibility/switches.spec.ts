import { CLIENT_SWITCH_NAMES, COMPATIBILITY_SWITCHES, isClientSwitch, mayLackSecret, SWITCH_NAMES } from './switches.js';

describe('COMPATIBILITY_SWITCHES', () => {
  it('say what they restore and what that risks, in words that can stand in a sentence', () => {
    for (const name of SWITCH_NAMES) {
      const { restores, risk } = COMPATIBILITY_SWITCHES[name];
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(64); // the column
      for (const words of [restores, risk]) expect(words).toMatch(/^\S.{20,}[^.]$/);
    }
  });

  it('reach one client, but for those about callers who are no client yet', () => {
    expect(SWITCH_NAMES.filter((name) => !CLIENT_SWITCH_NAMES.includes(name))).toEqual(['registration-200', 'any-origin']);
    expect(['ehr-claims', 'any-origin', 'toString', ''].map(isClientSwitch)).toEqual([true, false, false, false]);
  });
});

describe('mayLackSecret', () => {
  it.each([
    ['authorization_code', true],
    ['refresh_token', true],
    ['password', true],
    ['client_credentials', false],
    ['urn:ietf:params:oauth:grant-type:jwt-bearer', false],
    [undefined, false],
  ])('%s: %s', (grantType, expected) => expect(mayLackSecret(grantType)).toBe(expected));
});
