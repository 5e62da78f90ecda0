import type { IntrospectedToken } from '../token/introspection-response.js';
import { ehrClaims } from './ehr-claims.js';
import { ehrIntrospectionResponse } from './ehr-introspection.js';
import { ehrScopeText } from './ehr-scope-text.js';

describe('ehrScopeText', () => {
  it.each([
    [
      ['openid', 'api:oemr', 'user/Patient.read', 'api:fhir'],
      ['openid', 'user/Patient.read'],
    ],
    [
      ['site:default', 'user/Condition.rs?category=http://x'],
      ['site:default', 'user/Condition.rs?category=http://x'],
    ],
    [['api:port'], []],
    [[], []],
  ])('%j -> %j', (scopes, told) => expect(ehrScopeText(scopes)).toEqual(told));
});

describe('ehrClaims', () => {
  const address = { formatted: '1 Main\nTown, MA 1', street_address: '1 Main', locality: 'Town', region: 'MA', postal_code: '1' };

  it.each([
    [['openid'], {}, {}],
    [['openid', 'email'], { email: 'a@b.example', email_verified: false }, { email: 'a@b.example', email_verified: true }],
    [['email'], {}, { email: '', email_verified: true }],
    [['phone'], { phone_number: '1' }, { phone_number: '1', phone_number_verified: true }],
    [['address'], { address }, { address: '1 Main Town MA' }],
    [['address'], { address: { locality: 'Town' } }, { address: 'Town' }],
    [['address'], {}, { address: '' }],
    [['api:fhir', 'fhirUser'], { 'api:fhir': true, fhirUser: 'u' }, { 'api:fhir': true, fhirUser: 'u' }],
  ])('%j of %j: %j', (scopes, claims, told) => expect(ehrClaims(claims, scopes)).toEqual(told));

  it('has all fourteen claims of a profile', () => {
    const told = ehrClaims({ name: 'Clara' }, ['profile']);
    expect(told).toMatchObject({ name: 'Clara', locale: 'US', birthdate: '', website: '', updated_at: '' });
    expect(Object.keys(told)).toHaveLength(14);
  });
});

describe('ehrIntrospectionResponse', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const access: IntrospectedToken = {
    clientId: 'c',
    subject: 's',
    scope: ['openid', 'api:fhir'],
    expiresAt: new Date('2026-01-01T01:00:00Z'),
    isRevoked: false,
    accessToken: { tokenId: 'j', issuedAt: now, audience: ['c'], issuer: 'i', authentication: { authTime: now, acr: '1', amr: ['pwd'] } },
  };
  const members = { scope: 'openid api:fhir', exp: 1767229200, sub: 's', jti: 'j', aud: ['c'], iss: 'i', client_id: 'c' };

  it.each<[string, IntrospectedToken | null, object]>([
    ['an active access token', access, { active: true, status: 'active', ...members }],
    ['a revoked one keeps its members', { ...access, isRevoked: true }, { active: false, status: 'revoked', ...members }],
    ['an expired one too', { ...access, expiresAt: now }, { active: false, status: 'expired', ...members, exp: 1767225600 }],
    [
      'a refresh token has a list of scopes',
      { ...access, accessToken: null },
      { active: true, status: 'active', scope: ['openid', 'api:fhir'], exp: 1767229200, sub: 's', client_id: 'c' },
    ],
    ['what cannot be looked up has no status', null, { active: false }],
  ])('%s', (_what, token, body) => expect(ehrIntrospectionResponse(token, now)).toEqual(body));
});
