import { approvedClient, decodeJwt, getJson, type JsonAnswer, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Discovery §3 OpenID Provider Metadata', () => {
  let server: TestServer;
  let client: OAuthClient;
  let metadata: JsonAnswer['body'];

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    metadata = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body;
  });

  afterAll(() => server.stop());

  it.each([
    'issuer',
    'authorization_endpoint',
    'token_endpoint',
    'userinfo_endpoint',
    'jwks_uri',
    'registration_endpoint',
    'end_session_endpoint',
    'introspection_endpoint',
    'revocation_endpoint',
  ])('names %s', (name) => {
    expect(URL.canParse(String(metadata[name]))).toBe(true);
    expect(String(metadata[name])).not.toContain('#');
  });

  it('names the endpoints that clients of the EHR know', () => {
    expect(metadata).toMatchObject({
      authorization_endpoint: `${server.issuer}/authorize`,
      token_endpoint: `${server.issuer}/token`,
      jwks_uri: `${server.issuer}/jwk`,
      userinfo_endpoint: `${server.issuer}/userinfo`,
      registration_endpoint: `${server.issuer}/registration`,
      end_session_endpoint: `${server.issuer}/logout`,
      introspection_endpoint: `${server.issuer}/introspect`,
      revocation_endpoint: `${server.issuer}/revoke`,
    });
  });

  it('names openid among the scopes', () => {
    expect(metadata['scopes_supported']).toContain('openid');
  });

  it('names code among the response types, and only what works', () => {
    expect(metadata['response_types_supported']).toEqual(['code']);
  });

  it('names the kind of subjects', () => {
    expect(metadata['subject_types_supported']).toEqual(['public']);
  });

  it('names RS256 among the algorithms of ID tokens, and not none', () => {
    expect(metadata['id_token_signing_alg_values_supported']).toContain('RS256');
    expect(metadata['id_token_signing_alg_values_supported']).not.toContain('none');
  });

  it('says that request_uri is not supported, as silence would mean that it is', () => {
    expect([metadata['request_uri_parameter_supported'], metadata['request_parameter_supported']]).toEqual([false, false]);
  });

  it('has booleans for booleans: not the text that the EHR has', () => {
    for (const name of [
      'claims_parameter_supported',
      'request_parameter_supported',
      'request_uri_parameter_supported',
      'require_request_uri_registration',
    ]) {
      expect(typeof (metadata[name] ?? false)).toBe('boolean');
    }
  });

  it('names the acr and prompt values that work', async () => {
    const { claims } = decodeJwt((await new Visitor(server).tokens(client)).id_token ?? '');
    expect(metadata['acr_values_supported'] ?? [claims['acr']]).toContain(claims['acr']);
    expect([...(metadata['prompt_values_supported'] as string[])].sort()).toEqual(['consent', 'login', 'none', 'select_account']);
  });

  it('names the claims of an ID token', async () => {
    const { claims } = decodeJwt((await new Visitor(server).tokens(client)).id_token ?? '');
    for (const name of Object.keys(claims)) expect(metadata['claims_supported']).toContain(name);
  });

  it('publishes signing keys, public halves only, each with its name and purpose', async () => {
    const answer = await getJson(String(metadata['jwks_uri']));
    const keys = answer.body['keys'] as Array<Record<string, unknown>>;
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatchObject({
        kty: 'RSA',
        use: 'sig',
        alg: 'RS256',
        kid: expect.any(String),
        n: expect.any(String),
        e: expect.any(String),
      });
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k']) expect(key).not.toHaveProperty(secret);
    }
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(keys.length);
  });

  it('publishes the keys for scripts of any origin', async () => {
    const answer = await fetch(String(metadata['jwks_uri']), { headers: { origin: 'https://anybody.example' } });
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('set-cookie')]).toEqual(['*', null]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/(jwk-set\+)?json/);
  });
});
