import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { ehrRefreshTokenText, findEhrRefreshToken } from './ehr-refresh-token.js';

const sealed = (kind: string) => EHR_VECTORS.opaque_tokens.find((vector) => vector.kind === kind) ?? { token: '', payload: '{}' };
const membersOf = (kind: string) => JSON.parse(sealed(kind).payload ?? '{}') as Record<string, unknown>;
const MEMBERS = membersOf('refresh_token');

describe('findEhrRefreshToken', () => {
  it("reads what the EHR's own server sealed", () => {
    expect(findEhrRefreshToken(MEMBERS)).toEqual({
      identifier: MEMBERS['refresh_token_id'],
      jti: MEMBERS['access_token_id'],
      clientId: '-3fwSSR43dLpm39OdvIpu-Ig-lm_ZuZGpUpF9SX_two',
      subject: '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8b',
      scope: ['openid', 'offline_access', 'fhirUser', 'api:oemr', 'api:fhir', 'user/Patient.read'],
      expiresAt: new Date(1771776000 * 1000),
    });
  });

  it('leaves out of the scopes what nobody can ask for', () => {
    const scopes = ['openid', 'nonce', 'site:default', 'site:other', 'nonces', 'openid', 'api:fhir'];
    expect(findEhrRefreshToken({ ...MEMBERS, scopes })?.scope).toEqual(['openid', 'nonces', 'api:fhir']);
  });

  it('takes an authorization code for none', () => {
    expect(findEhrRefreshToken(membersOf('authorization_code'))).toBeNull();
  });

  it.each<[string, unknown]>([
    ['refresh_token_id', undefined],
    ['refresh_token_id', 'ab'],
    ['access_token_id', null],
    ['client_id', ''],
    ['client_id', 7],
    ['user_id', null],
    ['expire_time', '1771776000'],
    ['expire_time', null],
    ['scopes', 'openid'],
    ['scopes', [{ id: 'openid' }]],
    ['scopes', ['']],
  ])('takes for none what has for %s: %j', (member, value) => {
    expect(findEhrRefreshToken({ ...MEMBERS, [member]: value })).toBeNull();
  });
});

describe('ehrRefreshTokenText', () => {
  it('writes the members that it reads, in the order of the EHR', () => {
    const token = findEhrRefreshToken(MEMBERS);
    const text = token === null ? '' : ehrRefreshTokenText(token);
    expect(JSON.parse(text)).toEqual(MEMBERS);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(Object.keys(MEMBERS));
  });
});
