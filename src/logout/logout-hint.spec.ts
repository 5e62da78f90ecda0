import { findLogoutHint } from './logout-hint.js';

const issuer = 'https://id.example/oauth2/default';
const idToken = { iss: issuer, aud: 'client-1', sub: '9a1b0000-0000-4000-8000-000000000102', iat: 1, exp: 2 };

describe('findLogoutHint', () => {
  it('reads an ID token, expired or not, with and without a session', () => {
    const hint = { clientId: 'client-1', subject: idToken.sub, sessionId: null };
    expect(findLogoutHint(idToken, issuer)).toEqual(hint);
    expect(findLogoutHint({ ...idToken, aud: ['client-1'], sid: 's1' }, issuer)).toEqual({ ...hint, sessionId: 's1' });
  });

  it.each([
    ['an access token of the EHR', { ...idToken, scopes: ['openid'] }],
    ['an access token', { ...idToken, scope: 'openid' }],
    ['a token of another issuer', { ...idToken, iss: `${issuer}/` }],
    ['a token without an issuer', { ...idToken, iss: undefined }],
    ['a token for several clients', { ...idToken, aud: ['client-1', 'client-2'] }],
    ['a token for nobody', { ...idToken, aud: undefined }],
    ['a token about nobody', { ...idToken, sub: 7 }],
  ])('does not take %s', (_name, claims) => {
    expect(findLogoutHint(claims, issuer)).toBeNull();
  });
});
