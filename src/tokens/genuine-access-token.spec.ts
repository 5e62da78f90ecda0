import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { findAccessToken } from './genuine-access-token.js';

const CLAIMS = { jti: 'j', sub: 's', aud: 'c', iat: 1, exp: 2, scopes: ['openid'] };

describe('findAccessToken', () => {
  it("reads the tokens of the EHR's own server", () => {
    const token = findAccessToken(EHR_VECTORS.jwt_samples['access_token']?.claims ?? {});
    expect(token).toMatchObject({ issuer: 'https://emr.example.org/oauth2/default', scope: expect.arrayContaining(['api:fhir']) });
    expect(token?.expiresAt.getTime()).toBe(1764003600120);
    expect(findAccessToken(EHR_VECTORS.jwt_samples['access_token_7_0']?.claims ?? {})).toMatchObject({ issuer: null });
  });

  it('does not take an ID token for one', () => {
    expect(findAccessToken(EHR_VECTORS.jwt_samples['id_token']?.claims ?? {})).toBeNull();
  });

  it('prefers the scope as text, which leaves out the site', () => {
    expect(findAccessToken({ ...CLAIMS, scopes: ['openid', 'site:default'], scope: 'openid' })).toMatchObject({ scope: ['openid'] });
    expect(findAccessToken({ ...CLAIMS, aud: ['c'] })).toMatchObject({ clientId: 'c', scope: ['openid'], notBefore: null });
  });

  it.each(['jti', 'sub', 'aud', 'iat', 'exp', 'scopes'])('needs %s', (name) => {
    expect(findAccessToken(CLAIMS)).not.toBeNull();
    expect(findAccessToken({ ...CLAIMS, [name]: undefined })).toBeNull();
    expect(findAccessToken({ ...CLAIMS, [name]: { no: 'such thing' } })).toBeNull();
  });

  it('reads how the person signed in, where the token says so in a form that can be', () => {
    const said = { auth_time: 60, acr: '2', amr: ['pwd', 'otp', 'mfa'] };
    const unsaid = { authTime: null, acr: null, amr: [] };
    expect(findAccessToken({ ...CLAIMS, ...said })?.authentication).toEqual({ authTime: new Date(60_000), acr: '2', amr: said.amr });
    expect(findAccessToken(CLAIMS)?.authentication).toEqual(unsaid);
    expect(findAccessToken({ ...CLAIMS, auth_time: 'x', acr: 2, amr: 'pwd' })?.authentication).toEqual(unsaid);
  });

  it('knows no token for two clients', () => {
    expect(findAccessToken({ ...CLAIMS, aud: ['c', 'd'] })).toBeNull();
  });
});
