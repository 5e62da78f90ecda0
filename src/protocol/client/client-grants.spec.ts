import { checkClientGrants } from './client-grants.js';

const policy = { grantTypes: ['authorization_code', 'refresh_token', 'password', 'client_credentials'], responseTypes: ['code'] };

describe('checkClientGrants', () => {
  it.each<[string, unknown, unknown, string[], string[]]>([
    ['nothing', undefined, undefined, ['authorization_code'], ['code']],
    ['null', null, null, ['authorization_code'], ['code']],
    ['an empty list of grants', [], undefined, ['authorization_code'], ['code']],
    ['code and refresh', ['authorization_code', 'refresh_token'], ['code'], ['authorization_code', 'refresh_token'], ['code']],
    ['the order sent', ['refresh_token', 'authorization_code'], undefined, ['refresh_token', 'authorization_code'], ['code']],
    ['a repetition', ['authorization_code', 'authorization_code'], undefined, ['authorization_code'], ['code']],
    ['password beside others', ['authorization_code', 'password'], undefined, ['authorization_code'], ['code']],
    ['password alone', ['password'], undefined, ['authorization_code'], ['code']],
    ['a grant without a browser', ['client_credentials'], undefined, ['client_credentials'], []],
    ['a grant without a browser, and says so', ['client_credentials'], [], ['client_credentials'], []],
  ])('registers for %s', (_what, grants, responses, grantTypes, responseTypes) => {
    expect(checkClientGrants({ grant_types: grants, response_types: responses }, policy)).toEqual({ grantTypes, responseTypes });
  });

  const allowed = 'grant_types may hold authorization_code, refresh_token, client_credentials';
  const together = 'the grant type authorization_code and the response type code need each other';
  it.each<[string, unknown, unknown, string]>([
    ['an unknown grant', ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'], undefined, allowed],
    ['the implicit grant', ['implicit'], ['token'], allowed],
    ['a grant in another case', ['Authorization_Code'], undefined, allowed],
    ['an unknown response type', undefined, ['token'], 'response_types may hold code'],
    ['a hybrid response type', undefined, ['code', 'code id_token'], 'response_types may hold code'],
    ['code without its grant', ['client_credentials'], ['code'], together],
    ['the code grant without a response type', ['authorization_code'], [], together],
    ['a text for a list', 'authorization_code', undefined, 'grant_types must be a list'],
    ['a list of numbers', [1], undefined, 'grant_types[0] must be a text'],
    ['a text for a list of responses', undefined, 'code', 'response_types must be a list'],
  ])('refuses %s', (_what, grants, responses, description) => {
    expect(() => checkClientGrants({ grant_types: grants, response_types: responses }, policy)).toThrow(
      expect.objectContaining({ code: 'invalid_client_metadata', description }),
    );
  });

  it('passes over password in silence even where the server has no such grant', () => {
    const without = { ...policy, grantTypes: ['authorization_code'] };
    expect(checkClientGrants({ grant_types: ['password', 'authorization_code'] }, without).grantTypes).toEqual(['authorization_code']);
  });

  it('refuses a list which the column of the EHR would cut', () => {
    const grantTypes = ['authorization_code', 'a'.repeat(40), 'b'.repeat(30)];
    const wide = { ...policy, grantTypes };
    expect(() => checkClientGrants({ grant_types: grantTypes }, wide)).toThrow('holds more than can be registered');
    expect(checkClientGrants({ grant_types: grantTypes.slice(0, 2) }, wide).grantTypes).toHaveLength(2);
  });
});
