import { checkClientType } from './client-type.js';
import type { ClientAuthMethod } from './presented-credentials.js';

const ALL: readonly ClientAuthMethod[] = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'];

describe('checkClientType', () => {
  it.each<[string | undefined, string | undefined, boolean, ClientAuthMethod]>([
    ['private', undefined, true, 'client_secret_basic'],
    ['private', 'client_secret_basic', true, 'client_secret_basic'],
    ['private', 'client_secret_post', true, 'client_secret_post'],
    ['private', 'private_key_jwt', true, 'private_key_jwt'],
    ['public', undefined, false, 'none'],
    ['public', 'none', false, 'none'],
    ['web', undefined, true, 'client_secret_basic'],
    ['web', 'none', false, 'none'],
    ['web', 'client_secret_post', true, 'client_secret_post'],
    ['native', undefined, true, 'client_secret_basic'],
    ['native', 'none', false, 'none'],
    [undefined, undefined, false, 'none'],
    [undefined, 'none', false, 'none'],
    [undefined, 'client_secret_basic', true, 'client_secret_basic'],
    [undefined, 'client_secret_post', true, 'client_secret_post'],
    [undefined, 'private_key_jwt', true, 'private_key_jwt'],
    ['', '', false, 'none'],
  ])('application_type %s with method %s', (applicationType, method, isConfidential, tokenEndpointAuthMethod) => {
    expect(checkClientType({ application_type: applicationType, token_endpoint_auth_method: method }, ALL)).toEqual({
      applicationType: applicationType === undefined || applicationType === '' ? null : applicationType,
      isConfidential,
      tokenEndpointAuthMethod,
    });
  });

  it.each<[string, unknown, unknown, string]>([
    ['private without authentication', 'private', 'none', 'a private client authenticates: token_endpoint_auth_method must not be none'],
    [
      'public with a secret',
      'public',
      'client_secret_basic',
      'a public client cannot authenticate: token_endpoint_auth_method must be none',
    ],
    [
      'public with a secret in the body',
      'public',
      'client_secret_post',
      'a public client cannot authenticate: token_endpoint_auth_method must be none',
    ],
    ['public with a key', 'public', 'private_key_jwt', 'a public client cannot authenticate: token_endpoint_auth_method must be none'],
    ['an unknown type', 'desktop', undefined, 'application_type must be one of private, public, web, native'],
    ['a type in another case', 'Private', undefined, 'application_type must be one of private, public, web, native'],
    ['a type that is no text', 1, undefined, 'application_type must be a text'],
    [
      'an unknown method',
      'private',
      'tls_client_auth',
      'token_endpoint_auth_method must be one of none, client_secret_basic, client_secret_post, private_key_jwt',
    ],
    ['a method that is no text', 'private', ['none'], 'token_endpoint_auth_method must be a text'],
  ])('refuses %s', (_what, applicationType, method, description) => {
    const sent = { application_type: applicationType, token_endpoint_auth_method: method };
    expect(() => checkClientType(sent, ALL)).toThrow(expect.objectContaining({ code: 'invalid_client_metadata', description }));
  });

  it('refuses a method which this server cannot check', () => {
    const supported = ALL.filter((method) => method !== 'private_key_jwt');
    expect(() => checkClientType({ token_endpoint_auth_method: 'private_key_jwt' }, supported)).toThrow(
      expect.objectContaining({ description: 'token_endpoint_auth_method must be one of none, client_secret_basic, client_secret_post' }),
    );
  });
});
