import { getJson, type JsonAnswer } from '../../support/oauth-client.js';
import { setGlobal } from '../../support/set-global.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('SMART App Launch 2.2, Conformance: Metadata', () => {
  let server: TestServer;
  let url: string;
  let metadata: JsonAnswer['body'];

  beforeAll(async () => {
    server = await startServer();
    url = `${server.config.fhirUrl}/.well-known/smart-configuration`;
    metadata = (await getJson(url)).body;
  });

  afterAll(() => server.stop());

  it('is below the FHIR base: one address, made by appending, without trailing slash', () => {
    expect(url).toBe(`${server.origin}/apis/default/fhir/.well-known/smart-configuration`);
  });

  it('is JSON whatever Accept says, and needs no authentication', async () => {
    for (const accept of ['application/json', 'application/fhir+json', 'text/html', '*/*']) {
      const answer = await getJson(url, { accept });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
      expect(answer.headers.get('www-authenticate')).toBeNull();
    }
  });

  it.each(['capabilities', 'grant_types_supported', 'token_endpoint', 'code_challenge_methods_supported'])('has %s, always', (name) => {
    expect(metadata[name]).toBeTruthy();
  });

  it('has issuer and jwks_uri, as sso-openid-connect asks for', () => {
    expect(metadata['capabilities']).toContain('sso-openid-connect');
    expect(metadata).toMatchObject({ issuer: server.issuer, jwks_uri: `${server.issuer}/jwk` });
  });

  it('has authorization_endpoint, as launch-standalone asks for', () => {
    expect(metadata['capabilities']).toContain('launch-standalone');
    expect(metadata['authorization_endpoint']).toBe(`${server.issuer}/authorize`);
  });

  it('includes S256 in code_challenge_methods_supported, and not plain', () => {
    expect(metadata['code_challenge_methods_supported']).toEqual(['S256']);
  });

  it('has absolute addresses that answer', async () => {
    const addresses = Object.entries(metadata).filter(([name]) => /(_endpoint|_uri)$/.test(name));
    expect(addresses.map(([name]) => name).sort()).toEqual([
      'authorization_endpoint',
      'introspection_endpoint',
      'jwks_uri',
      'management_endpoint',
      'registration_endpoint',
      'revocation_endpoint',
      'token_endpoint',
    ]);
    for (const [name, address] of addresses) {
      expect([name, (await fetch(String(address), { redirect: 'manual' })).status === 404 && !isForPost(name)]).toEqual([name, false]);
    }
  });

  it('leads people from management_endpoint to sign in, and back to their apps', async () => {
    const answer = await fetch(String(metadata['management_endpoint']), { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/oauth2/default/sign-in?return_to=%2Faccount%2Fapps']);
  });

  it('has the FHIR base among associated_endpoints, with what can be done there', () => {
    expect(metadata['associated_endpoints']).toEqual([{ url: server.config.fhirUrl, capabilities: metadata['capabilities'] }]);
  });

  it('names what the other documents name', async () => {
    const openid = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body;
    const shared = Object.entries(metadata).filter(([name]) => name in openid);
    expect(shared.length).toBeGreaterThan(10);
    for (const [name, value] of shared) expect([name, value]).toEqual([name, openid[name]]);
  });

  it('can be read by scripts of any origin, and kept by its ETag', async () => {
    const answer = await fetch(url, { headers: { origin: 'https://anybody.example' } });
    expect([answer.headers.get('access-control-allow-origin'), answer.headers.get('set-cookie')]).toEqual(['*', null]);
    const again = await fetch(url, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is the same beside the other discovery documents', async () => {
    expect((await getJson(`${server.issuer}/.well-known/smart-configuration`)).body).toEqual(metadata);
  });

  it('speaks for no other site', async () => {
    expect((await fetch(url.replace('/default/', '/other/'))).status).toBe(404);
  });

  it('names client_credentials and system scopes once the EHR lets programs be', async () => {
    expect(metadata['grant_types_supported']).not.toContain('client_credentials');
    await setGlobal(server, 'rest_system_scopes_api', '1');
    const { body } = await getJson(url);
    expect(body['grant_types_supported']).toContain('client_credentials');
    expect(body['scopes_supported']).toContain('system/Patient.rs');
    expect(body['token_endpoint_auth_methods_supported']).toContain('private_key_jwt');
    expect(body['token_endpoint_auth_signing_alg_values_supported']).toEqual(expect.arrayContaining(['RS384', 'ES384']));
  });
});

/** Endpoints that answer 404 to GET, as they have no such route. */
function isForPost(name: string): boolean {
  return ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint', 'registration_endpoint'].includes(name);
}
