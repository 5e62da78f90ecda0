import { errorResponse } from '../errors/error-response.js';
import { OAuthError, type OAuthErrorCode, type OAuthErrorOptions } from '../errors/oauth-error.js';
import { hintAt, hintAtScope, HINTS, inEhrWords } from './ehr-token-error.js';

const answer = (error: OAuthError, grantType?: string): unknown => {
  const { status, body } = errorResponse(inEhrWords(error, grantType), { kind: 'json', usedBasic: false });
  return [status, body.kind === 'json' ? body.value : body];
};
const said = (error: string, text: string, hint?: string): object => ({
  error,
  error_description: text,
  ...(hint !== undefined && { hint }),
  message: text,
});

const REQUEST =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';
const REFRESH = 'The refresh token is invalid.';
const GRANT = expect.stringMatching(/^The provided authorization grant .* issued to another client\.$/) as string;

describe('inEhrWords', () => {
  it.each<[OAuthErrorCode, OAuthErrorOptions, string | undefined, number, object]>([
    // a refresh
    ['invalid_grant', { hint: HINTS.refreshTokenExpired }, 'refresh_token', 401, said('invalid_request', REFRESH, 'Token has expired')],
    ['invalid_grant', {}, 'refresh_token', 401, said('invalid_request', REFRESH)],
    // a code
    ['invalid_grant', { hint: HINTS.codeExpired }, 'authorization_code', 400, said('invalid_request', REQUEST, HINTS.codeExpired)],
    ['invalid_grant', {}, 'authorization_code', 400, said('invalid_request', 'Bad request')],
    ['invalid_grant', { hint: HINTS.wrongVerifier }, 'authorization_code', 400, { error: 'invalid_grant', hint: HINTS.wrongVerifier }],
    [
      'invalid_request',
      { hint: hintAt('code_verifier') },
      'authorization_code',
      400,
      said('invalid_request', REQUEST, hintAt('code_verifier')),
    ],
    // a password
    [
      'invalid_grant',
      { hint: HINTS.credentials },
      'password',
      400,
      { error: 'invalid_grant', error_description: GRANT, hint: 'Failed Authentication' },
    ],
    ['mfa_token_invalid', {}, 'password', 401, said('mfa_token_invalid', 'ours')],
    // any
    ['invalid_client', {}, 'refresh_token', 401, said('invalid_client', 'Client authentication failed')],
    ['invalid_scope', { hint: hintAtScope('a<b') }, 'password', 400, { error: 'invalid_scope', hint: 'Check the `a&#60;b` scope' }],
    [
      'unsupported_grant_type',
      {},
      undefined,
      400,
      said(
        'unsupported_grant_type',
        'The authorization grant type is not supported by the authorization server.',
        'Check that all required parameters have been provided',
      ),
    ],
  ])('%s %j at %s: %d', (code, options, grantType, status, body) => {
    expect(answer(new OAuthError(code, 'ours', options), grantType)).toEqual([status, expect.objectContaining(body)]);
  });

  it('leaves failures of the server and of the transport as they are', () => {
    for (const error of [
      new OAuthError('server_error', 'ours'),
      new OAuthError('temporarily_unavailable', 'ours', { retryAfter: 2 }),
      new OAuthError('invalid_request', 'ours', { status: 413 }),
    ]) {
      expect(inEhrWords(error, 'refresh_token')).toBe(error);
    }
  });

  it('keeps what the log reads, and the challenge that answers Basic', () => {
    const error = inEhrWords(new OAuthError('invalid_client', 'ours', { detail: 'for the log' }), 'password');
    expect(error).toMatchObject({ code: 'invalid_client', description: 'ours', detail: 'for the log', status: 401 });
    expect(errorResponse(error, { kind: 'json', usedBasic: true }).headers).toHaveProperty('www-authenticate');
  });

  it('says a hint to nobody else', () => {
    const { body } = errorResponse(new OAuthError('invalid_grant', 'ours', { hint: 'theirs' }), { kind: 'json', usedBasic: false });
    expect(body).toEqual({ kind: 'json', value: { error: 'invalid_grant', error_description: 'ours' } });
  });
});
