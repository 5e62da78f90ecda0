import { OAuthError } from '../errors/oauth-error.js';
import { checkPresentedCredentials, type CredentialsForm } from './presented-credentials.js';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const base64 = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const basic = (pair: string | Buffer): string => `Basic ${base64(pair)}`;

function refusal(authorization: string | undefined, form: CredentialsForm = {}): OAuthError {
  try {
    checkPresentedCredentials(authorization, form);
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('checkPresentedCredentials: the body', () => {
  it('takes an id alone as no authentication', () => {
    expect(checkPresentedCredentials(undefined, { client_id: 'app' })).toEqual({ method: 'none', clientId: 'app' });
  });

  it('takes id and secret', () => {
    expect(checkPresentedCredentials(undefined, { client_id: 'app', client_secret: 's3 cret' })).toEqual({
      method: 'client_secret_post',
      clientId: 'app',
      secret: 's3 cret',
    });
  });

  it('takes empty values as absent (RFC 6749 §3.2)', () => {
    const form = { client_id: 'app', client_secret: '', client_assertion: '', client_assertion_type: '' };
    expect(checkPresentedCredentials('', form)).toEqual({ method: 'none', clientId: 'app' });
  });

  it('recognises an assertion, with and without client_id', () => {
    const form = { client_assertion: 'a.b.c', client_assertion_type: JWT_BEARER };
    expect(checkPresentedCredentials(undefined, form)).toEqual({ method: 'private_key_jwt', clientId: null, assertion: 'a.b.c' });
    expect(checkPresentedCredentials(undefined, { ...form, client_id: 'app' })).toEqual({
      method: 'private_key_jwt',
      clientId: 'app',
      assertion: 'a.b.c',
    });
  });

  it.each<[string, CredentialsForm, string, string]>([
    ['nobody', {}, 'invalid_client', 'the client did not say who it is: send client_id'],
    ['an empty id', { client_id: '' }, 'invalid_client', 'the client did not say who it is: send client_id'],
    ['a secret without an id', { client_secret: 'x' }, 'invalid_request', 'client_id is missing beside client_secret'],
    ['an id with a control character', { client_id: 'a\nb' }, 'invalid_request', 'client_id holds a character that is not allowed'],
    ['an id outside ASCII', { client_id: 'äpp' }, 'invalid_request', 'client_id holds a character that is not allowed'],
    [
      'a type without an assertion',
      { client_id: 'a', client_assertion_type: JWT_BEARER },
      'invalid_request',
      'client_assertion is missing beside client_assertion_type',
    ],
    [
      'an assertion without a type',
      { client_id: 'a', client_assertion: 'x' },
      'invalid_request',
      'client_assertion_type is missing beside client_assertion',
    ],
    [
      'an assertion of another type',
      { client_assertion: 'x', client_assertion_type: 'urn:x:saml2-bearer' },
      'invalid_request',
      `client_assertion_type must be ${JWT_BEARER}`,
    ],
    [
      'a secret and an assertion',
      { client_id: 'a', client_secret: 'x', client_assertion: 'x', client_assertion_type: JWT_BEARER },
      'invalid_request',
      'more than one method of client authentication was used',
    ],
  ])('refuses %s', (_what, form, code, description) => {
    expect(refusal(undefined, form)).toMatchObject({ code, description });
  });
});

describe('checkPresentedCredentials: the Authorization header', () => {
  it.each<[string, string, string, string]>([
    ['plain values', basic('app:secret'), 'app', 'secret'],
    ['a secret with colons', basic('app:se:cr:et'), 'app', 'se:cr:et'],
    ['form-encoded values (RFC 6749 §2.3.1)', basic('my%3Aapp:p%2Bss+w%26rd'), 'my:app', 'p+ss w&rd'],
    ['raw values which do not decode', basic('app:50%off'), 'app', '50%off'],
    ['raw values whose bytes are not UTF-8 when decoded', basic('app:%ff'), 'app', '%ff'],
    ['the scheme in another case', `bAsIc ${base64('app:secret')}`, 'app', 'secret'],
    ['surplus blanks', `  Basic   ${base64('app:secret')} `, 'app', 'secret'],
    ['no padding', `Basic ${base64('app:secret1').replaceAll('=', '')}`, 'app', 'secret1'],
    ['base64url', `Basic ${Buffer.from('app:~~~???>>>').toString('base64url')}`, 'app', '~~~???>>>'],
  ])('reads %s', (_what, header, clientId, secret) => {
    expect(checkPresentedCredentials(header, {})).toEqual({ method: 'client_secret_basic', clientId, secret });
  });

  it('takes an empty secret as none', () => {
    expect(checkPresentedCredentials(basic('app:'), {})).toEqual({ method: 'none', clientId: 'app' });
  });

  it('allows the same client_id in the body', () => {
    expect(checkPresentedCredentials(basic('app:secret'), { client_id: 'app' })).toMatchObject({ method: 'client_secret_basic' });
  });

  it.each(['Bearer abc', 'Digest username="app"', 'BasicX abc', 'Negotiate'])('passes over %s, which authenticates no client', (header) => {
    expect(checkPresentedCredentials(header, { client_id: 'app', client_secret: 'x' })).toMatchObject({ method: 'client_secret_post' });
  });

  it.each([
    ['nothing', 'Basic', 'not base64'],
    ['blanks', 'Basic   ', 'not base64'],
    ['other characters', 'Basic *&^%', 'not base64'],
    ['two values', `Basic ${base64('a:b')} ${base64('c:d')}`, 'not base64'],
    ['padding alone', 'Basic ==', 'not base64'],
    ['no colon', basic('app'), 'no colon'],
    ['bytes that are no text', basic(Buffer.from([0x61, 0x3a, 0xff, 0xfe])), 'not UTF-8'],
    ['an empty id', basic(':secret'), 'client_id empty or with a character that is not allowed'],
    ['NUL in the id', basic('a%00b:secret'), 'client_id empty or with a character that is not allowed'],
    ['NUL in the secret', basic('app:se\0cret'), 'secret with a character that is not allowed'],
    ['a secret outside ASCII', basic('app:s%C3%A9cret'), 'secret with a character that is not allowed'],
  ])('refuses a Basic header with %s as 401', (_what, header, detail) => {
    expect(refusal(header, { client_id: 'app' })).toMatchObject({ code: 'invalid_client', status: 401, detail });
  });

  it.each<[string, CredentialsForm, string]>([
    ['a secret in the body', { client_secret: 'secret' }, 'more than one method of client authentication was used'],
    [
      'an assertion',
      { client_assertion: 'a.b.c', client_assertion_type: JWT_BEARER },
      'more than one method of client authentication was used',
    ],
    ['another client_id in the body', { client_id: 'other' }, 'client_id differs from the one in the Authorization header'],
  ])('refuses Basic beside %s', (_what, form, description) => {
    expect(refusal(basic('app:secret'), form)).toMatchObject({ code: 'invalid_request', status: 400, description });
  });

  it('refuses a secret in the body beside Basic even when Basic has none', () => {
    expect(refusal(basic('app:'), { client_id: 'app', client_secret: 'x' })).toMatchObject({ code: 'invalid_request' });
  });

  it('never repeats a secret in the refusal', () => {
    const error = refusal(basic('app:hunter2\u0007'), { client_secret: '' });
    expect(JSON.stringify([error.message, error.description, error.detail])).not.toContain('hunter2');
  });
});
