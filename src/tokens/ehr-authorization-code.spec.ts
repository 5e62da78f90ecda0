import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { findEhrAuthorizationCode } from './ehr-authorization-code.js';

const membersOf = (wanted: string) =>
  JSON.parse(EHR_VECTORS.opaque_tokens.find(({ kind }) => kind === wanted)?.payload ?? '{}') as Record<string, unknown>;
const MEMBERS = membersOf('authorization_code');

describe('findEhrAuthorizationCode', () => {
  it("reads what the EHR's own server sealed", () => {
    expect(findEhrAuthorizationCode(MEMBERS)).toEqual({
      clientId: '-3fwSSR43dLpm39OdvIpu-Ig-lm_ZuZGpUpF9SX_two',
      subject: '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8b',
      redirectUri: 'https://client.example.org/callback',
      scope: ['openid', 'offline_access', 'fhirUser', 'api:oemr', 'api:fhir', 'user/Patient.read'],
      codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      challengeMethod: 'S256',
      expiresAt: new Date(1764000060 * 1000),
    });
  });

  it.each<[unknown, unknown, string | null]>([
    [null, null, null],
    ['', 'S256', null],
    ['abc', null, 'plain'],
    ['abc', 'plain', 'plain'],
  ])('takes the challenge %j with the method %j for %j', (code_challenge, code_challenge_method, method) => {
    expect(findEhrAuthorizationCode({ ...MEMBERS, code_challenge, code_challenge_method })?.challengeMethod).toBe(method);
  });

  it('knows when the request had no redirect_uri', () => {
    expect(findEhrAuthorizationCode({ ...MEMBERS, redirect_uri: null })?.redirectUri).toBeNull();
  });

  it('takes a refresh token for none', () => {
    expect(findEhrAuthorizationCode(membersOf('refresh_token'))).toBeNull();
  });

  it.each<[string, unknown]>([
    ['auth_code_id', 'ab'],
    ['client_id', ''],
    ['user_id', null],
    ['expire_time', '1764000060'],
    ['scopes', 'openid'],
    ['scopes', [7]],
  ])('takes for none what has for %s: %j', (member, value) => {
    expect(findEhrAuthorizationCode({ ...MEMBERS, [member]: value })).toBeNull();
  });
});
