import { type IntrospectedToken, introspectionResponse, tokenStatus } from './introspection-response.js';

const EXPIRY = new Date('2026-01-01T01:00:00.000Z');
const BEFORE = new Date('2026-01-01T00:59:59.999Z');
const AFTER = new Date('2026-01-01T01:00:00.001Z');

const accessToken: IntrospectedToken = {
  clientId: 'client-1',
  subject: 'user-1',
  scope: ['openid', 'api:fhir'],
  expiresAt: EXPIRY,
  isRevoked: false,
  accessToken: {
    tokenId: 'ab'.repeat(40),
    issuedAt: new Date('2026-01-01T00:00:00.000Z'),
    audience: ['client-1'],
    issuer: 'https://ehr.example/oauth2/default',
    authentication: { authTime: new Date('2025-12-31T23:50:00.000Z'), acr: '2', amr: ['pwd', 'otp', 'mfa'] },
  },
};
const UNSAID = { authTime: null, acr: null, amr: [] };
const refreshToken: IntrospectedToken = { ...accessToken, accessToken: null };
const kept = { scope: 'openid api:fhir', exp: 1767229200, sub: 'user-1', client_id: 'client-1' };

describe('tokenStatus', () => {
  it.each([
    ['before its end', false, BEFORE, 'active'],
    ['at its end', false, EXPIRY, 'expired'],
    ['after its end', false, AFTER, 'expired'],
    ['revoked before its end', true, BEFORE, 'revoked'],
    ['revoked and past its end', true, AFTER, 'revoked'],
  ])('%s', (_what, isRevoked, now, status) => {
    expect(tokenStatus({ expiresAt: EXPIRY, isRevoked }, now)).toBe(status);
  });
});

describe('introspectionResponse', () => {
  it('tells all about an active access token', () => {
    expect(introspectionResponse(accessToken, BEFORE)).toEqual({
      active: true,
      status: 'active',
      ...kept,
      token_type: 'Bearer',
      jti: 'ab'.repeat(40),
      iat: 1767225600,
      aud: ['client-1'],
      iss: 'https://ehr.example/oauth2/default',
      auth_time: 1767225000,
      acr: '2',
      amr: ['pwd', 'otp', 'mfa'],
    });
  });

  it('tells of an active refresh token what the table asks for', () => {
    expect(introspectionResponse(refreshToken, BEFORE)).toEqual({ active: true, status: 'active', ...kept });
  });

  it.each([
    ['expired', accessToken, AFTER],
    ['revoked', { ...accessToken, isRevoked: true }, BEFORE],
    ['revoked', { ...accessToken, isRevoked: true }, AFTER],
    ['expired', refreshToken, AFTER],
    ['revoked', { ...refreshToken, isRevoked: true }, BEFORE],
  ])('keeps exp, sub, scope and client_id of a token which is %s, and no more', (status, token, now) => {
    expect(introspectionResponse(token, now)).toEqual({ active: false, status, ...kept });
  });

  it('tells nothing about a token which is not one, or not for who asks', () => {
    expect(introspectionResponse(null, BEFORE)).toEqual({ active: false, status: 'invalid' });
  });

  it('leaves out a subject, scope or issuer that does not exist', () => {
    const token: IntrospectedToken = {
      ...accessToken,
      subject: null,
      scope: [],
      accessToken: { tokenId: 'id', issuedAt: EXPIRY, audience: ['client-1'], issuer: null, authentication: UNSAID },
    };
    expect(Object.keys(introspectionResponse(token, BEFORE))).toEqual([
      'active',
      'status',
      'exp',
      'client_id',
      'token_type',
      'jti',
      'iat',
      'aud',
    ]);
  });

  it('writes exp as a whole number of seconds', () => {
    const token = { ...refreshToken, expiresAt: new Date('2026-01-01T01:00:00.750Z') };
    expect(introspectionResponse(token, BEFORE).exp).toBe(1767229200);
  });
});
