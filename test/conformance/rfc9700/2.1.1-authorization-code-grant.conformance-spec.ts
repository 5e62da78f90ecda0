import { Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, getJson, type OAuthClient, publicClient } from '../../support/oauth-client.js';
import { setGlobal } from '../../support/set-global.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const NO_PKCE = { code_challenge: undefined, code_challenge_method: undefined };

describe('RFC 9700 §2.1.1 Authorization Code Grant, §4.8.2 PKCE Downgrade', () => {
  let server: TestServer;
  let client: OAuthClient;
  let app: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    app = await publicClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it('supports PKCE for confidential clients', async () => {
    expect((await client.exchange(await visitor.code(client))).status).toBe(200);
  });

  it('enforces PKCE for public clients', async () => {
    const answer = await new Browser(server.origin).get(app.authorizeUrl({ scope: 'openid', ...NO_PKCE }));
    expect(callbackOf(answer).get('error')).toBe('invalid_request');
  });

  it('enforces the verifier wherever a challenge was sent, for confidential clients too', async () => {
    const answer = await client.exchange(await visitor.code(client), { code_verifier: undefined });
    expect([answer.status, answer.body.error_description]).toEqual([400, 'code_verifier is missing']);
  });

  it('takes a code without challenge from a confidential client', async () => {
    expect((await client.exchange(await visitor.code(client, NO_PKCE), { code_verifier: undefined })).status).toBe(200);
  });

  it('§4.8.2 refuses a verifier for a code whose request had no challenge: somebody removed it', async () => {
    const answer = await client.exchange(await visitor.code(client, NO_PKCE));
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(answer.body.error_description).toContain('no code_challenge');
  });

  it('offers a way to see that it supports PKCE, and with S256', async () => {
    const { body } = await getJson(`${server.issuer}/.well-known/openid-configuration`);
    expect(body['code_challenge_methods_supported']).toEqual(['S256']);
  });

  it('§2.1.2 issues no access token in an authorization response', async () => {
    const answer = await new Browser(server.origin).get(client.authorizeUrl({ response_type: 'token' }));
    expect(callbackOf(answer).get('error')).toBe('unsupported_response_type');
  });

  it('§2.4 has no password grant, unless the EHR switches it on', async () => {
    await setGlobal(server, 'oauth_password_grant', '0');
    expect((await client.exchange(null, { grant_type: 'password', username: 'clinician', password: 'Clinic#Demo1' })).body.error).toBe(
      'unsupported_grant_type',
    );
  });

  it('§4.5.3.1 binds the code to one use, though two arrive together', async () => {
    const code = await visitor.code(client);
    const answers = await Promise.all([client.exchange(code), client.exchange(code)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});
