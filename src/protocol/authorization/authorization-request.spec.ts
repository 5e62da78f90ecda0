import type { ClientFacts } from '../client/client-facts.js';
import { ScopeIndex } from '../scope/scope-index.js';
import { SentParameters } from '../parameters/form.js';
import { validate } from './authorization-request.js';
import { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const callback = 'https://app.example/cb';
const client: ClientFacts = {
  clientId: 'app',
  name: 'App',
  isConfidential: false,
  isEnabled: true,
  redirectUris: [callback],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code'],
  scope: ['openid', 'profile'],
};
const policy: ServerPolicy = {
  issuer: 'https://as.example/oauth2/default',
  scopes: new ScopeIndex(['openid', 'profile', 'email']),
  audiences: ['https://as.example/apis/default/fhir'],
  pkceForConfidentialClients: false,
};
const good: Record<string, string> = {
  response_type: 'code',
  client_id: 'app',
  redirect_uri: callback,
  scope: 'openid email',
  state: 's',
  nonce: 'n',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};
const target = { redirectUri: callback, responseMode: 'query', state: 's', issuer: policy.issuer };

type Sent = Record<string, string | string[] | undefined>;

/** The good request with some parameters changed, added, or (undefined) left out. */
function request(changes: Sent = {}): SentRequest {
  const pairs = Object.entries({ ...good, ...changes }).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((one) => [name, one] as const),
  );
  return new SentRequest(new SentParameters(pairs));
}

const refusal = (expected: Record<string, unknown>): Error => expect.objectContaining(expected) as Error;

describe('validate', () => {
  it('proves a good request', () => {
    expect(validate(request(), client, policy)).toEqual({
      clientId: 'app',
      target,
      redirectUriSent: true,
      responseType: 'code',
      codeChallenge: challenge,
      scope: ['openid'],
      sentScope: ['openid', 'email'],
      audience: [],
      prompt: { values: [], maxAge: null, loginHint: null, idTokenHint: null, uiLocales: [], leastAcr: null },
      nonce: 'n',
    });
  });

  it('carries everything that a request may say', () => {
    const everything = request({
      response_mode: 'form_post',
      aud: 'https://as.example/apis/default/fhir/',
      prompt: 'login',
      max_age: '60',
      login_hint: 'ann',
      id_token_hint: 'a.b.c',
      ui_locales: 'fr',
      acr_values: 'urn:example:gold 2',
    });
    expect(validate(everything, client, policy)).toMatchObject({
      target: { ...target, responseMode: 'form_post' },
      audience: ['https://as.example/apis/default/fhir'],
      prompt: { values: ['login'], maxAge: 60, loginHint: 'ann', idTokenHint: 'a.b.c', uiLocales: ['fr'], leastAcr: '2' },
    });
  });

  it('remembers that redirect_uri was left out', () => {
    expect(validate(request({ redirect_uri: undefined }), client, policy)).toMatchObject({ redirectUriSent: false, target });
    expect(validate(request({ redirect_uri: '' }), client, policy)).toMatchObject({ redirectUriSent: false, target });
  });

  it('needs neither state nor nonce', () => {
    const proven = validate(request({ state: undefined, nonce: undefined }), client, policy);
    expect(proven).toMatchObject({ nonce: null, target: { state: null } });
  });

  it('survives being stored as JSON', () => {
    const proven = validate(request({ prompt: 'consent', max_age: '1' }), client, policy);
    expect(JSON.parse(JSON.stringify(proven))).toEqual(proven);
  });

  it('ignores parameters that mean nothing here (RFC 6749 §3.1)', () => {
    const proven = validate(request({ display: 'popup', claims: '{', utm: ['1', '2'] }), client, policy);
    expect(proven).toEqual(validate(request(), client, policy));
  });

  it('lets a confidential client do without PKCE where the policy does', () => {
    const plain = request({ code_challenge: undefined, code_challenge_method: undefined });
    expect(validate(plain, { ...client, isConfidential: true }, policy).codeChallenge).toBeNull();
    expect(() => validate(plain, { ...client, isConfidential: true }, { ...policy, pkceForConfidentialClients: true })).toThrow(
      refusal({ code: 'invalid_request', description: 'code_challenge is required', target }),
    );
  });

  it.each<[string, Sent, ClientFacts | null, string, RegExp]>([
    ['no client_id', { client_id: undefined }, client, 'invalid_request', /^client_id is missing$/],
    ['two client_ids', { client_id: ['app', 'app'] }, client, 'invalid_request', /^client_id was sent more than once$/],
    ['an unknown client', {}, null, 'invalid_client', /^client_id is not known/],
    ['a client found by another case', { client_id: 'APP' }, client, 'invalid_client', /^client_id is not known/],
    ['a client that waits', {}, { ...client, isEnabled: false }, 'unauthorized_client', /waits for approval by an administrator$/],
    ['a wrong redirect_uri', { redirect_uri: 'https://evil.example/' }, client, 'invalid_request', /not registered for this client$/],
    ['two redirect_uris', { redirect_uri: [callback, callback] }, client, 'invalid_request', /^redirect_uri was sent more than once$/],
    [
      'no redirect_uri, two registered',
      { redirect_uri: undefined },
      { ...client, redirectUris: [callback, 'x:y'] },
      'invalid_request',
      /more than one/,
    ],
  ])('tells the person, not the client: %s (RFC 6749 §4.1.2.1)', (_what, changes, facts, code, description) => {
    const run = () => validate(request(changes), facts, policy);
    expect(run).toThrow(refusal({ code, description: expect.stringMatching(description), target: undefined }));
  });

  it.each<[string, Sent, string, RegExp]>([
    ['no response_type', { response_type: undefined }, 'invalid_request', /^response_type is missing$/],
    ['another response_type', { response_type: 'token' }, 'unsupported_response_type', /must be code$/],
    ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request', /^code_challenge is required$/],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request', /must be S256$/],
    ['no scope', { scope: undefined }, 'invalid_scope', /^scope is missing/],
    ['an unknown scope', { scope: 'openid x' }, 'invalid_scope', /^the scope x is not known/],
    ['scopes of others only', { scope: 'email' }, 'invalid_scope', /registered for none/],
    ['a foreign aud', { aud: 'https://evil.example' }, 'invalid_request', /^aud is not an API/],
    ['a foreign resource', { resource: 'https://evil.example' }, 'invalid_target', /^resource is not an API/],
    ['prompt=none with another', { prompt: 'none login' }, 'invalid_request', /^prompt=none/],
    ['a wrong max_age', { max_age: 'x' }, 'invalid_request', /^max_age/],
    ['a long nonce', { nonce: 'x'.repeat(1025) }, 'invalid_request', /^nonce is longer than 1024 bytes$/],
    ['a nonce long in bytes', { nonce: 'é'.repeat(513) }, 'invalid_request', /^nonce is longer than 1024 bytes$/],
    ['a repeated nonce', { nonce: ['a', 'b'] }, 'invalid_request', /^nonce was sent more than once$/],
    ['a repeated launch', { launch: ['a', 'b'] }, 'invalid_request', /^launch was sent more than once$/],
    ['a request object', { request: 'a.b.c' }, 'request_not_supported', /not supported/],
    ['a request by reference', { request_uri: 'https://app.example/r' }, 'request_uri_not_supported', /not supported/],
    ['a registration', { registration: '{}' }, 'registration_not_supported', /not supported/],
  ])('tells the client, state included: %s', (_what, changes, code, description) => {
    const run = () => validate(request(changes), client, policy);
    expect(run).toThrow(refusal({ code, description: expect.stringMatching(description), target }));
  });

  it('takes the longest nonce', () => {
    expect(validate(request({ nonce: 'x'.repeat(1024) }), client, policy).nonce).toHaveLength(1024);
  });

  it('tells a client of the wrong kind', () => {
    expect(() => validate(request(), { ...client, grantTypes: ['client_credentials'] }, policy)).toThrow(
      refusal({ code: 'unauthorized_client', target }),
    );
  });

  it('answers mistakes by form where a form was asked for', () => {
    expect(() => validate(request({ response_mode: 'form_post', scope: undefined }), client, policy)).toThrow(
      refusal({ code: 'invalid_scope', target: { ...target, responseMode: 'form_post' } }),
    );
  });

  it('speaks of the redirect_uri before anything else, and of repetition before meaning', () => {
    expect(() => validate(request({ redirect_uri: 'x', response_type: 'token' }), client, policy)).toThrow(
      refusal({ code: 'invalid_request', target: undefined }),
    );
    expect(() => validate(request({ response_type: 'token', nonce: ['a', 'b'] }), client, policy)).toThrow(
      refusal({ code: 'invalid_request', description: 'nonce was sent more than once', target }),
    );
  });
});
