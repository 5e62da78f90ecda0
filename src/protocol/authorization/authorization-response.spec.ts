import { authorizationResponse, respondTo } from './authorization-response.js';
import type { RedirectTarget } from './target.js';

const target: RedirectTarget = {
  redirectUri: 'https://app.example/cb',
  responseMode: 'query',
  state: 'xyz',
  issuer: 'https://as.example/oauth2/default',
};
const iss = 'iss=https%3A%2F%2Fas.example%2Foauth2%2Fdefault';

describe('authorizationResponse', () => {
  it('redirects with code, state and iss (RFC 6749 §4.1.2; RFC 9207 §2)', () => {
    expect(authorizationResponse(target, 'c0de')).toEqual({
      kind: 'redirect',
      location: `https://app.example/cb?code=c0de&state=xyz&${iss}`,
    });
  });

  it('sends no state where none was received', () => {
    expect(authorizationResponse({ ...target, state: null }, 'c0de')).toEqual({
      kind: 'redirect',
      location: `https://app.example/cb?code=c0de&${iss}`,
    });
  });

  it('posts a form where the client asked for one', () => {
    expect(authorizationResponse({ ...target, responseMode: 'form_post' }, 'c0de')).toEqual({
      kind: 'form_post',
      model: {
        action: 'https://app.example/cb',
        fields: [
          ['code', 'c0de'],
          ['state', 'xyz'],
          ['iss', 'https://as.example/oauth2/default'],
        ],
      },
    });
  });
});

describe('respondTo', () => {
  it.each([
    ['https://app.example/cb', 'https://app.example/cb?'],
    ['https://app.example', 'https://app.example?'],
    ['https://app.example/cb?tenant=1', 'https://app.example/cb?tenant=1&'],
    ['https://app.example/cb?', 'https://app.example/cb?'],
    ['https://app.example/cb?tenant=1&', 'https://app.example/cb?tenant=1&'],
    ['https://APP.example:443/a/../cb?x=%7e', 'https://APP.example:443/a/../cb?x=%7e&'],
    ['org.example.app:/cb', 'org.example.app:/cb?'],
    ['http://127.0.0.1:49152/cb', 'http://127.0.0.1:49152/cb?'],
  ])('keeps %s as it is and adds to its query (RFC 6749 §3.1.2)', (redirectUri, beginning) => {
    const answer = respondTo({ ...target, redirectUri }, [['code', 'c']]);
    expect(answer).toEqual({ kind: 'redirect', location: `${beginning}code=c&state=xyz&${iss}` });
  });

  it.each([' a b ', 'a+b', '%41', '&error=x', '#fragment', '"\'<>\\', 'é😀', '\r\nset-cookie: x', 'x'.repeat(2048)])(
    'gives the state back byte for byte, whatever it is: %j',
    (state) => {
      const answer = respondTo({ ...target, state }, [['code', 'c']]);
      const location = answer.kind === 'redirect' ? answer.location : '';
      expect(location).toMatch(/^[\x21-\x7e]+$/);
      expect([...new URL(location).searchParams]).toEqual([
        ['code', 'c'],
        ['state', state],
        ['iss', target.issuer],
      ]);
      expect(respondTo({ ...target, state, responseMode: 'form_post' }, [])).toMatchObject({
        model: {
          fields: [
            ['state', state],
            ['iss', target.issuer],
          ],
        },
      });
    },
  );
});
