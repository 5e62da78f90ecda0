import { SentParameters } from '../parameters/form.js';
import { checkRedirectTarget, checkRedirectUriOfExchange } from './redirect-target.js';
import { SentRequest } from './sent-request.js';

const policy = { issuer: 'https://as.example/oauth2/default' };
const callback = 'https://app.example/cb';
const request = (...sent: [string, string][]): SentRequest => new SentRequest(new SentParameters(sent));
const check = (registered: string[], ...sent: [string, string][]) =>
  checkRedirectTarget(request(...sent), { redirectUris: registered }, policy);
const refusal = (expected: Record<string, unknown>): Error => expect.objectContaining(expected) as Error;

describe('checkRedirectTarget: redirect_uri', () => {
  it.each<[string, string[], string]>([
    ['the only one', [callback], callback],
    ['one of several', ['https://app.example/', callback], callback],
    ['with a query of its own', ['https://app.example/cb?tenant=1'], 'https://app.example/cb?tenant=1'],
    ['of a native app', ['org.example.app:/cb'], 'org.example.app:/cb'],
    ['on a loopback port of the moment', ['http://127.0.0.1/cb'], 'http://127.0.0.1:49152/cb'],
    ['on a loopback port, IPv6', ['http://[::1]:1/cb'], 'http://[::1]:49152/cb'],
  ])('takes a registered one as it was sent: %s', (_what, registered, sent) => {
    expect(check(registered, ['redirect_uri', sent]).redirectUri).toBe(sent);
  });

  it.each<[string, [string, string][]]>([
    ['left out', []],
    ['empty', [['redirect_uri', '']]],
  ])('uses the only registered one when it is %s', (_what, sent) => {
    expect(check([callback], ...sent).redirectUri).toBe(callback);
  });

  it.each<[string, string[], [string, string][], RegExp]>([
    ['left out with none registered', [], [], /no redirect_uri registered/],
    ['left out with two registered', [callback, `${callback}2`], [], /more than one is registered/],
    ['sent with none registered', [], [['redirect_uri', callback]], /not registered/],
    ['another path', [callback], [['redirect_uri', `${callback}/x`]], /not registered/],
    ['a trailing slash', [callback], [['redirect_uri', `${callback}/`]], /not registered/],
    ['another case', [callback], [['redirect_uri', 'https://APP.example/cb']], /not registered/],
    ['another port that is not loopback', [callback], [['redirect_uri', 'https://app.example:8443/cb']], /not registered/],
    ['another port on localhost', ['http://localhost/cb'], [['redirect_uri', 'http://localhost:5000/cb']], /not registered/],
    [
      'user information behind a loopback address',
      ['http://127.0.0.1/cb'],
      [['redirect_uri', 'http://127.0.0.1:80@evil.example/cb']],
      /not registered/,
    ],
    ['a fragment added', [callback], [['redirect_uri', `${callback}#x`]], /not registered/],
    [
      'sent twice',
      [callback],
      [
        ['redirect_uri', callback],
        ['redirect_uri', callback],
      ],
      /more than once/,
    ],
    ['registered with a fragment', [`${callback}#x`], [['redirect_uri', `${callback}#x`]], /cannot be used/],
    ['registered with a line break', ['https://app.example/\r\nx'], [], /cannot be used/],
    ['registered beyond ASCII', ['https://app.example/é'], [], /cannot be used/],
    ['registered without scheme', ['app.example/cb'], [], /cannot be used/],
    ['registered relative', ['/cb'], [], /cannot be used/],
    ['registered as a script', ['javascript:alert(1)'], [], /cannot be used/],
    ['registered as a script, shouted', ['JavaScript:alert(1)'], [], /cannot be used/],
    ['registered as data', ['data:text/html,x'], [], /cannot be used/],
  ])('is told to the person, not to the client: %s', (_what, registered, sent, description) => {
    expect(() => check(registered, ...sent)).toThrow(
      refusal({ code: 'invalid_request', description: expect.stringMatching(description), target: undefined }),
    );
  });
});

describe('checkRedirectTarget: state, response_mode, iss', () => {
  const plain = { redirectUri: callback, responseMode: 'query', state: null, issuer: policy.issuer };

  it('answers in the query, without state, in the name of the issuer, unless told otherwise', () => {
    expect(check([callback])).toEqual(plain);
  });

  it.each(['query', 'form_post'])('takes response_mode %s', (mode) => {
    expect(check([callback], ['response_mode', mode]).responseMode).toBe(mode);
  });

  it.each(['s', ' leading and trailing ', '{"a":"b c"}', '%2B+&=#', 'é😀', 'x'.repeat(2048), 'é'.repeat(1024)])(
    'keeps the state as it was sent: %s',
    (state) => {
      expect(check([callback], ['state', state]).state).toBe(state);
    },
  );

  it.each(['fragment', 'web_message', 'query.jwt', 'QUERY', 'query form_post'])(
    'tells the client, by query, that it cannot answer by %s',
    (mode) => {
      expect(() => check([callback], ['state', 's'], ['response_mode', mode])).toThrow(
        refusal({
          code: 'invalid_request',
          description: 'response_mode must be one of: query, form_post',
          target: { ...plain, state: 's' },
        }),
      );
    },
  );

  it('tells the client of a repeated response_mode', () => {
    expect(() => check([callback], ['state', 's'], ['response_mode', 'query'], ['response_mode', 'form_post'])).toThrow(
      refusal({ code: 'invalid_request', description: 'response_mode was sent more than once', target: { ...plain, state: 's' } }),
    );
  });

  it.each<[string, [string, string][], RegExp]>([
    [
      'repeated',
      [
        ['state', 'a'],
        ['state', 'b'],
      ],
      /^state was sent more than once$/,
    ],
    ['too long', [['state', 'x'.repeat(2049)]], /longer than 2048 bytes/],
    ['too long in bytes', [['state', 'é'.repeat(1025)]], /longer than 2048 bytes/],
  ])('tells the client, without state, that the state is %s', (_what, sent, description) => {
    expect(() => check([callback], ...sent)).toThrow(
      refusal({ code: 'invalid_request', description: expect.stringMatching(description), target: plain }),
    );
  });
});

describe('checkRedirectUriOfExchange', () => {
  it.each<[string, string | undefined, boolean]>([
    ['named both times', callback, true],
    ['left out both times', undefined, false],
    ['left out first, named afterwards', callback, false],
  ])('accepts the same redirect_uri: %s', (_what, presented, redirectUriSent) => {
    expect(() => checkRedirectUriOfExchange(presented, { redirectUri: callback, redirectUriSent })).not.toThrow();
  });

  it.each<[string, string | undefined, boolean, string]>([
    ['missing though it was named', undefined, true, 'redirect_uri is missing: the authorization request had one'],
    ['another one', `${callback}/`, true, 'redirect_uri differs from the one of the authorization request'],
    ['another one where none was named', `${callback}/`, false, 'redirect_uri differs from the one of the authorization request'],
    ['another case', callback.toUpperCase(), true, 'redirect_uri differs from the one of the authorization request'],
  ])('refuses %s', (_what, presented, redirectUriSent, description) => {
    expect(() => checkRedirectUriOfExchange(presented, { redirectUri: callback, redirectUriSent })).toThrow(
      refusal({ code: 'invalid_grant', description }),
    );
  });

  it('wants the very port that was answered to, on a loopback address as well', () => {
    const request = { redirectUri: 'http://127.0.0.1:5000/cb', redirectUriSent: true };
    expect(() => checkRedirectUriOfExchange('http://127.0.0.1:5001/cb', request)).toThrow(refusal({ code: 'invalid_grant' }));
  });
});
