import type { RedirectTarget } from '../authorization/target.js';
import { type ErrorChannel, errorResponse, wireDescription } from './error-response.js';
import { OAUTH_ERRORS, OAuthError, type OAuthErrorCode } from './oauth-error.js';

const json: ErrorChannel = { kind: 'json', usedBasic: false };
const jsonBasic: ErrorChannel = { kind: 'json', usedBasic: true };
const bearer: ErrorChannel = { kind: 'bearer', tokenPresented: true };
const page: ErrorChannel = { kind: 'page', referenceId: 'ref-1' };
const target: RedirectTarget = {
  redirectUri: 'https://app.example/cb',
  responseMode: 'query',
  state: 'a b&c=é"\\',
  issuer: 'https://as.example/oauth2/default',
};
const codes = Object.keys(OAUTH_ERRORS) as OAuthErrorCode[];

describe('errorResponse', () => {
  it.each([json, bearer, page, { ...bearer, tokenPresented: false }])('is never stored by a cache: %j', (channel) => {
    const { headers } = errorResponse(new OAuthError('invalid_token', 'x'), channel);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' });
  });

  it.each<[number, string]>([
    [30, '30'],
    [0.2, '1'],
    [59.1, '60'],
    [-5, '1'],
  ])('says when to try again: %d seconds', (retryAfter, header) => {
    const error = new OAuthError('temporarily_unavailable', 'x', { retryAfter });
    expect(errorResponse(error, json)).toMatchObject({ status: 503, headers: { 'retry-after': header } });
  });

  it('says nothing about trying again otherwise', () => {
    expect(errorResponse(new OAuthError('invalid_grant', 'x'), json).headers).not.toHaveProperty('retry-after');
  });

  it('says which limit was reached', () => {
    const quota = { policy: 'token-client', limit: 4, window: 60, remaining: 0, reset: 16.2 };
    const error = new OAuthError('temporarily_unavailable', 'x', { status: 429, retryAfter: 16.2, quota });
    expect(errorResponse(error, json)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '17', ratelimit: '"token-client";r=0;t=17', 'ratelimit-policy': '"token-client";q=4;w=60' },
    });
  });

  it('never sends the detail', () => {
    const error = new OAuthError('invalid_token', 'words', { detail: 'private', cause: new Error('private') });
    for (const channel of [json, jsonBasic, bearer, page]) {
      expect(JSON.stringify(errorResponse(error, channel))).not.toContain('private');
      expect(JSON.stringify(errorResponse(error.withTarget(target), channel))).not.toContain('private');
    }
  });
});

describe('errorResponse as JSON', () => {
  it.each(codes)('%s: status of the table, code and description in the body', (code) => {
    expect(errorResponse(new OAuthError(code, 'words'), json)).toMatchObject({
      status: OAUTH_ERRORS[code].status,
      body: { kind: 'json', value: { error: code, error_description: 'words' } },
    });
  });

  it.each([413, 415, 421, 429] as const)('uses the status %d when the error brings it', (status) => {
    expect(errorResponse(new OAuthError('invalid_request', 'x', { status }), json).status).toBe(status);
  });

  it('challenges for Basic only where the client used it (RFC 6749 §5.2)', () => {
    const error = new OAuthError('invalid_client', 'x');
    expect(errorResponse(error, jsonBasic).headers['www-authenticate']).toBe('Basic realm="chartkey"');
    expect(errorResponse(error, json).headers).not.toHaveProperty('www-authenticate');
  });

  it.each(codes.filter((code) => code !== 'invalid_client'))('%s is not about the credentials: no challenge', (code) => {
    expect(errorResponse(new OAuthError(code, 'x'), jsonBasic).headers).not.toHaveProperty('www-authenticate');
  });

  it('leaves out a description that has nothing to say', () => {
    expect(errorResponse(new OAuthError('mfa_token_invalid', ''), json).body).toEqual({
      kind: 'json',
      value: { error: 'mfa_token_invalid' },
    });
  });

  it('reduces the description to the allowed characters', () => {
    expect(errorResponse(new OAuthError('invalid_request', 'say "a"\n\\é'), json).body).toEqual({
      kind: 'json',
      value: { error: 'invalid_request', error_description: "say 'a' /?" },
    });
  });
});

describe('errorResponse to a bearer of tokens', () => {
  it.each<[OAuthErrorCode, number]>([
    ['invalid_request', 400],
    ['invalid_token', 401],
    ['insufficient_scope', 403],
  ])('%s is told in the challenge and in the body (RFC 6750 §3)', (code, status) => {
    expect(errorResponse(new OAuthError(code, 'it "expired"'), bearer)).toMatchObject({
      status,
      headers: { 'www-authenticate': `Bearer realm="chartkey", error="${code}", error_description="it 'expired'"` },
      body: { kind: 'json', value: { error: code, error_description: "it 'expired'" } },
    });
  });

  it('names the scope that is needed', () => {
    const answer = errorResponse(new OAuthError('insufficient_scope', 'x'), { ...bearer, scope: ['openid', 'profile'] });
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="chartkey", error="insufficient_scope", error_description="x", scope="openid profile"',
    );
  });

  it.each([['bad"word'], ['back\\slash'], ['two words'], ['new\nline'], ['é'], ['']])(
    'leaves out a scope that would break the header: %j',
    (word) => {
      const answer = errorResponse(new OAuthError('insufficient_scope', 'x'), { ...bearer, scope: [word, 'openid'] });
      expect(answer.headers['www-authenticate']).toMatch(/, scope="openid"$/);
    },
  );

  it('tells who shows no token nothing but what is asked for (RFC 6750 §3.1)', () => {
    const channel: ErrorChannel = { kind: 'bearer', tokenPresented: false, scope: ['openid'] };
    expect(errorResponse(new OAuthError('invalid_token', 'a token is needed'), channel)).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="chartkey", scope="openid"' },
      body: { kind: 'empty' },
    });
  });

  it('still tells who shows no token that the request was malformed', () => {
    const answer = errorResponse(new OAuthError('invalid_request', 'x'), { kind: 'bearer', tokenPresented: false });
    expect(answer).toMatchObject({ status: 400, body: { value: { error: 'invalid_request' } } });
  });

  it.each<OAuthErrorCode>(['server_error', 'temporarily_unavailable'])('%s is no matter of the token: no challenge', (code) => {
    for (const tokenPresented of [true, false]) {
      const answer = errorResponse(new OAuthError(code, 'x'), { kind: 'bearer', tokenPresented });
      expect(answer.status).toBe(OAUTH_ERRORS[code].status);
      expect(answer.headers).not.toHaveProperty('www-authenticate');
      expect(answer.body).toMatchObject({ kind: 'json', value: { error: code } });
    }
  });
});

describe('errorResponse as a page', () => {
  it('gives the view what it shows, description unreduced', () => {
    expect(errorResponse(new OAuthError('invalid_request', '"redirect_uri" – wrong'), page)).toMatchObject({
      status: 400,
      body: {
        kind: 'page',
        model: { status: 400, code: 'invalid_request', description: '"redirect_uri" – wrong', referenceId: 'ref-1' },
      },
    });
  });

  it('does not answer 401, which would need a challenge (RFC 9110 §15.5.2)', () => {
    const answer = errorResponse(new OAuthError('invalid_client', 'x'), page);
    expect(answer).toMatchObject({ status: 400, body: { model: { status: 400 } } });
    expect(answer.headers).not.toHaveProperty('www-authenticate');
  });

  it.each<[OAuthErrorCode, number]>([
    ['access_denied', 403],
    ['server_error', 500],
    ['temporarily_unavailable', 503],
  ])('keeps the status of %s', (code, status) => {
    expect(errorResponse(new OAuthError(code, 'x'), page).status).toBe(status);
  });
});

describe('errorResponse to the client', () => {
  it.each([json, jsonBasic, bearer, page])('redirects whatever the channel: %j', (channel) => {
    const answer = errorResponse(new OAuthError('access_denied', 'the person said no', { target }), channel);
    expect(answer.status).toBe(303);
    expect(answer.body).toEqual({ kind: 'empty' });
    const location = new URL(answer.headers['location'] ?? '');
    expect(location.origin + location.pathname).toBe('https://app.example/cb');
    expect([...location.searchParams]).toEqual([
      ['error', 'access_denied'],
      ['error_description', 'the person said no'],
      ['state', 'a b&c=é"\\'],
      ['iss', 'https://as.example/oauth2/default'],
    ]);
  });

  it('does not invent a state, and leaves out an empty description', () => {
    const error = new OAuthError('login_required', '', { target: { ...target, state: null } });
    expect(errorResponse(error, page).headers['location']).toBe(
      'https://app.example/cb?error=login_required&iss=https%3A%2F%2Fas.example%2Foauth2%2Fdefault',
    );
  });

  it('reduces the description, not the state', () => {
    const { headers } = errorResponse(new OAuthError('invalid_request', 'ä"', { target }), page);
    const { searchParams } = new URL(headers['location'] ?? '');
    expect(searchParams.get('error_description')).toBe("?'");
    expect(searchParams.get('state')).toBe(target.state);
  });

  it('posts a form where the client asked for one', () => {
    const error = new OAuthError('server_error', 'x', { target: { ...target, responseMode: 'form_post' } });
    const answer = errorResponse(error, json);
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.body).toEqual({
      kind: 'form_post',
      model: {
        action: 'https://app.example/cb',
        fields: [
          ['error', 'server_error'],
          ['error_description', 'x'],
          ['state', 'a b&c=é"\\'],
          ['iss', 'https://as.example/oauth2/default'],
        ],
      },
    });
  });
});

describe('wireDescription', () => {
  it.each([
    ['plain words.', 'plain words.'],
    ['~ ! # [ ] ^', '~ ! # [ ] ^'],
    ['"quoted"', "'quoted'"],
    ['back\\slash', 'back/slash'],
    ['two\r\nlines\tand a tab', 'two lines and a tab'],
    ['  around  ', 'around'],
    ['naïve – 😀', 'na?ve ? ?'],
    ['nul\0 bell\x07 del\x7f', 'nul? bell? del?'],
    ['\ud800', '?'],
    ['', ''],
  ])('%j -> %j', (description, expected) => {
    expect(wireDescription(description)).toBe(expected);
  });

  it('lets through nothing outside the charset of RFC 6749 §5.2', () => {
    const everything = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join('');
    expect(wireDescription(everything)).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
  });
});
