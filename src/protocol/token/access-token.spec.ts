import { type AccessTokenFacts, accessTokenClaims, accessTokenHeader } from './access-token.js';

const facts: AccessTokenFacts = {
  issuer: 'https://ehr.example/oauth2/default',
  site: 'default',
  clientId: 'client-1',
  subject: '9f8a4c1e-0000-4000-8000-000000000001',
  tokenId: 'ab'.repeat(40),
  scope: ['openid', 'api:fhir', 'user/Patient.read'],
  issuedAt: new Date('2026-01-01T00:00:00.987Z'),
  lifetime: 3600,
  authTime: new Date('2025-12-31T23:59:30.500Z'),
  acr: 'urn:example:password',
  amr: ['pwd'],
};

describe('accessTokenHeader', () => {
  it('tells the token from an ID token and names the key (RFC 9068 §2.1)', () => {
    expect(accessTokenHeader('RS256', 'key-1')).toEqual({ typ: 'at+jwt', alg: 'RS256', kid: 'key-1' });
  });
});

describe('accessTokenClaims', () => {
  it('holds what the API of the EHR and RFC 9068 ask for', () => {
    expect(accessTokenClaims(facts)).toEqual({
      aud: 'client-1',
      jti: 'ab'.repeat(40),
      iat: 1767225600,
      nbf: 1767225600,
      exp: 1767229200,
      sub: '9f8a4c1e-0000-4000-8000-000000000001',
      scopes: ['openid', 'api:fhir', 'user/Patient.read', 'site:default'],
      iss: 'https://ehr.example/oauth2/default',
      client_id: 'client-1',
      scope: 'openid api:fhir user/Patient.read',
      auth_time: 1767225570,
      acr: 'urn:example:password',
      amr: ['pwd'],
    });
  });

  it('has the claims of the EHR first, in its order', () => {
    expect(Object.keys(accessTokenClaims(facts)).slice(0, 8)).toEqual(['aud', 'jti', 'iat', 'nbf', 'exp', 'sub', 'scopes', 'iss']);
  });

  it('names the site once, wherever it was granted', () => {
    const claims = accessTokenClaims({ ...facts, scope: ['site:default', 'openid'] });
    expect(claims.scopes).toEqual(['site:default', 'openid']);
    expect(claims.scope).toBe('site:default openid');
  });

  it('does not grant the site to RFC 9068 readers when nobody did', () => {
    expect(accessTokenClaims(facts).scope).not.toContain('site:');
  });

  it('says nothing about a sign-in which did not happen', () => {
    const claims = accessTokenClaims({ ...facts, authTime: null, acr: null, amr: [] });
    expect(Object.keys(claims)).toEqual(['aud', 'jti', 'iat', 'nbf', 'exp', 'sub', 'scopes', 'iss', 'client_id', 'scope']);
  });

  it('keeps a sign-in at the epoch', () => {
    expect(accessTokenClaims({ ...facts, authTime: new Date(0) }).auth_time).toBe(0);
  });
});
