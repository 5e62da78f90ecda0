import { checkAssertionClaims } from './assertion-claims.js';

const ISSUER = 'https://id.example/oauth2/default';
const NOW = 1_767_225_600;
const expected = { clientId: null, audiences: [ISSUER, `${ISSUER}/token`, `${ISSUER}/introspect`], now: new Date(NOW * 1000) };
const good = { iss: 'app', sub: 'app', aud: `${ISSUER}/token`, exp: NOW + 300, jti: 'one' };

describe('checkAssertionClaims', () => {
  it.each<[string, object]>([
    ['the least', {}],
    ['the issuer as audience', { aud: ISSUER }],
    ['the endpoint that was called', { aud: `${ISSUER}/introspect` }],
    ['several audiences', { aud: ['https://other.example', ISSUER] }],
    ['a clock that is behind', { exp: NOW - 59 }],
    ['a clock that is ahead', { exp: NOW + 360, iat: NOW + 60, nbf: NOW + 60 }],
    ['fractions of a second', { exp: NOW + 299.5, iat: NOW - 0.5 }],
    ['an old one that has not expired', { iat: NOW - 4000 }],
    ['the longest jti', { jti: 'x'.repeat(255) }],
    ['members that it does not know', { nonce: 1, azp: null }],
  ])('takes %s', (_what, changes) => {
    const claims = { ...good, ...changes };
    expect(checkAssertionClaims(claims, expected)).toEqual({
      clientId: 'app',
      jti: claims.jti,
      acceptableUntil: new Date((claims.exp + 60) * 1000),
    });
  });

  it('takes one beside the same client_id', () => {
    expect(checkAssertionClaims(good, { ...expected, clientId: 'app' }).clientId).toBe('app');
  });

  const audience = 'the assertion is meant for somebody else: aud names neither the issuer nor the endpoint';
  const jti = 'jti of the assertion is missing, too long, or not printable';
  it.each<[string, object, string]>([
    ['no sub', { sub: undefined }, 'sub of the assertion is missing'],
    ['an empty sub', { sub: '', iss: '' }, 'sub of the assertion is missing'],
    ['sub that is no text', { sub: 1, iss: 1 }, 'sub of the assertion is missing'],
    ['no iss', { iss: undefined }, 'iss and sub of the assertion differ'],
    ['another issuer', { iss: 'other' }, 'iss and sub of the assertion differ'],
    ['no aud', { aud: undefined }, audience],
    ['another audience', { aud: 'https://other.example/token' }, audience],
    ['an audience that begins alike', { aud: `${ISSUER}/token/` }, audience],
    ['an endpoint that was not called', { aud: `${ISSUER}/revoke` }, audience],
    ['no audiences', { aud: [] }, audience],
    ['an audience in a list in a list', { aud: [[ISSUER]] }, audience],
    ['no exp', { exp: undefined }, 'exp of the assertion is missing'],
    ['exp that is a text', { exp: String(NOW + 60) }, 'exp of the assertion is not a time'],
    ['exp that no clock reaches', { exp: 1e300 }, 'exp of the assertion is not a time'],
    ['exp that is null', { exp: null }, 'exp of the assertion is not a time'],
    ['one that has expired', { exp: NOW - 60 }, 'the assertion has expired'],
    ['one that is good for too long', { exp: NOW + 361 }, 'the assertion is good for more than 300 seconds'],
    ['one that is not good yet', { nbf: NOW + 61 }, 'nbf of the assertion lies in the future'],
    ['one from the future', { iat: NOW + 61 }, 'iat of the assertion lies in the future'],
    ['iat that is a text', { iat: 'now' }, 'iat of the assertion is not a time'],
    ['no jti', { jti: undefined }, jti],
    ['an empty jti', { jti: '' }, jti],
    ['jti that is a number', { jti: 7 }, jti],
    ['a jti that is too long', { jti: 'x'.repeat(256) }, jti],
    ['a jti that is not printable', { jti: 'a\u0000b' }, jti],
  ])('refuses %s', (_what, changes, detail) => {
    expect(() => checkAssertionClaims({ ...good, ...changes }, expected)).toThrow(
      expect.objectContaining({ code: 'invalid_client', description: 'Client authentication failed.', detail }),
    );
  });

  it('refuses one beside the client_id of another', () => {
    expect(() => checkAssertionClaims(good, { ...expected, clientId: 'other' })).toThrow(
      expect.objectContaining({ code: 'invalid_client', detail: 'the assertion is of another client than client_id names' }),
    );
  });
});
