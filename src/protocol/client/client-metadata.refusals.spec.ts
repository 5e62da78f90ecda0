import { check, jwks } from '../../../test/support/sample-client-metadata.js';
import { type SentClientMetadata } from './client-metadata.js';

describe('checkClientMetadata refuses', () => {
  it.each([
    ['keys', { scope: 'openid' }],
    ['a system scope', { scope: 'user/Patient.read', jwks }],
  ])('refuses client_credentials without %s', (_what, changes) => {
    expect(() => check({ application_type: 'private', grant_types: ['client_credentials'], ...changes })).toThrow(
      'the grant type client_credentials needs jwks or jwks_uri, and a system/ scope',
    );
  });

  const forConfidential = 'system and user scopes are only allowed for confidential clients';
  it.each<[string, SentClientMetadata, string, string]>([
    ['no name', { client_name: undefined }, 'invalid_client_metadata', 'client_name is required'],
    ['a blank name', { client_name: '  ' }, 'invalid_client_metadata', 'client_name is required'],
    ['a name that is no text', { client_name: 7 }, 'invalid_client_metadata', 'client_name must be a text'],
    [
      'a name which the EHR would cut',
      { client_name: 'x'.repeat(81) },
      'invalid_client_metadata',
      'client_name is longer than 80 characters',
    ],
    ['a name with a line end', { client_name: 'a\r\nb' }, 'invalid_client_metadata', 'client_name holds a character that is not allowed'],
    ['no redirect URI', { redirect_uris: undefined }, 'invalid_redirect_uri', 'redirect_uris must name at least one URI'],
    ['an empty list of redirect URIs', { redirect_uris: [] }, 'invalid_redirect_uri', 'redirect_uris must name at least one URI'],
    [
      'a redirect URI that runs code',
      { redirect_uris: ['javascript:alert(1)'] },
      'invalid_redirect_uri',
      'redirect_uris[0] must be an https URL, or have a scheme which is a domain name in reverse',
    ],
    [
      'a logout URI without https',
      { post_logout_redirect_uris: ['http://app.example/'] },
      'invalid_client_metadata',
      'post_logout_redirect_uris[0] must use https: plain http is for loopback addresses',
    ],
    ['contacts that are no list', { contacts: 'ops@app.example' }, 'invalid_client_metadata', 'contacts must be a list'],
    [
      'a contact that would become two',
      { contacts: ['a@b.example|c@d.example'] },
      'invalid_client_metadata',
      'contacts[0] must not hold the character |',
    ],
    ['a scope that is a list', { scope: ['openid'] }, 'invalid_client_metadata', 'scope must be a text'],
    [
      'an unknown scope',
      { scope: 'openid patient/Dragon.read' },
      'invalid_scope',
      'the scope patient/Dragon.read is not known to this server',
    ],
    ['a malformed scope', { scope: 'openid "x"' }, 'invalid_scope', 'scope holds a character that is not allowed'],
    ['a user scope of a public client', { scope: 'user/Patient.read' }, 'invalid_client_metadata', forConfidential],
    ['a system scope of a public client', { scope: 'system/Patient.rs', jwks }, 'invalid_client_metadata', forConfidential],
    [
      'a system scope without keys',
      { application_type: 'private', scope: 'system/Patient.rs' },
      'invalid_client_metadata',
      'system scopes need jwks or jwks_uri',
    ],
    [
      'signed authentication without keys',
      { token_endpoint_auth_method: 'private_key_jwt' },
      'invalid_client_metadata',
      'private_key_jwt needs jwks or jwks_uri',
    ],
    [
      'client_credentials of a public client',
      { grant_types: ['authorization_code', 'client_credentials'] },
      'invalid_client_metadata',
      'the grant type client_credentials is for confidential clients',
    ],
    ['pairwise subjects', { subject_type: 'pairwise' }, 'invalid_client_metadata', 'subject_type must be public'],
    [
      'unsigned ID tokens',
      { id_token_signed_response_alg: 'none' },
      'invalid_client_metadata',
      'id_token_signed_response_alg must be one of RS256',
    ],
    [
      'a policy that runs code',
      { policy_uri: 'javascript:alert(1)' },
      'invalid_client_metadata',
      'policy_uri must be an http or https URL',
    ],
    ['terms that are no text', { tos_uri: {} }, 'invalid_client_metadata', 'tos_uri must be a text'],
    ['a logo by data', { logo_uri: 'data:image/png;base64,AA==' }, 'invalid_client_metadata', 'logo_uri must be an http or https URL'],
    ['a home page that is a file', { client_uri: 'file:///x' }, 'invalid_client_metadata', 'client_uri must be an http or https URL'],
    [
      'a launch address without https',
      { initiate_login_uri: 'http://app.example/launch' },
      'invalid_client_metadata',
      'initiate_login_uri must be an https URL',
    ],
    [
      'contradicting kinds',
      { application_type: 'public', token_endpoint_auth_method: 'client_secret_basic' },
      'invalid_client_metadata',
      'a public client cannot authenticate: token_endpoint_auth_method must be none',
    ],
  ])('refuses %s', (_what, more, code, description) => {
    expect(() => check(more)).toThrow(expect.objectContaining({ code, description, status: 400 }));
  });

  it('names a scope it does not know only as far as a message can be read', () => {
    expect(() => check({ scope: `openid ${'x'.repeat(5_000)}` })).toThrow(
      expect.objectContaining({ description: `the scope ${'x'.repeat(200)} is not known to this server` }),
    );
  });
});
