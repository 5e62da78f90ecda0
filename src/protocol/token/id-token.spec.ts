import { type IdTokenFacts, idTokenClaims } from './id-token.js';

const facts: IdTokenFacts = {
  issuer: 'https://ehr.example/oauth2/default',
  clientId: 'client-1',
  subject: 'user-1',
  issuedAt: new Date('2026-01-01T00:00:00.987Z'),
  lifetime: 3600,
  nonce: 'n-0S6_WzA2Mj',
  authTime: new Date('2025-12-31T23:59:30.500Z'),
  acr: 'urn:example:password',
  amr: ['pwd', 'otp'],
  sessionId: 'session-1',
  accessToken: 'jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y',
  algorithm: 'RS256',
  userClaims: { name: 'Ann Example', email: 'ann@example.org' },
};

describe('idTokenClaims', () => {
  it('holds the claims of OIDC Core §2, then those about the user', () => {
    const claims = idTokenClaims(facts);
    expect(claims).toEqual({
      aud: 'client-1',
      iss: 'https://ehr.example/oauth2/default',
      iat: 1767225600,
      exp: 1767229200,
      sub: 'user-1',
      nonce: 'n-0S6_WzA2Mj',
      auth_time: 1767225570,
      acr: 'urn:example:password',
      amr: ['pwd', 'otp'],
      at_hash: '77QmUPtjPfzWtF2AnpK9RQ',
      sid: 'session-1',
      name: 'Ann Example',
      email: 'ann@example.org',
    });
    expect(Object.keys(claims).slice(-2)).toEqual(['name', 'email']);
  });

  it('leaves out what is not known', () => {
    const claims = idTokenClaims({ ...facts, nonce: null, authTime: null, acr: null, amr: [], sessionId: null, userClaims: {} });
    expect(Object.keys(claims)).toEqual(['aud', 'iss', 'iat', 'exp', 'sub', 'at_hash']);
  });

  it('keeps an empty nonce, since the client compares it with what it sent', () => {
    expect(idTokenClaims({ ...facts, nonce: '' }).nonce).toBe('');
  });

  it.each([
    'iss',
    'sub',
    'aud',
    'exp',
    'nbf',
    'iat',
    'jti',
    'auth_time',
    'nonce',
    'acr',
    'amr',
    'azp',
    'at_hash',
    'c_hash',
    's_hash',
    'sid',
  ])('does not let a user claim speak as %s', (name) => {
    const bare = { ...facts, nonce: null, authTime: null, acr: null, amr: [], sessionId: null };
    const expected = idTokenClaims({ ...bare, userClaims: {} });
    expect(idTokenClaims({ ...bare, userClaims: { [name]: 'forged' } })).toEqual(expected);
  });

  it('changes at_hash with the access token and with the algorithm', () => {
    const hashes = [facts, { ...facts, accessToken: 'another' }, { ...facts, algorithm: 'ES384' as const }].map(
      (each) => idTokenClaims(each).at_hash,
    );
    expect(new Set(hashes).size).toBe(3);
  });
});
