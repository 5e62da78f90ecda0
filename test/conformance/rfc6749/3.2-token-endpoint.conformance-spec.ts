import { approvedClient, CALLBACK, getJson, type OAuthClient, postForm, postJson, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §3.2 Token Endpoint', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it.each(['GET', 'PUT', 'DELETE'])('does not answer %s with tokens', async (method) => {
    const query = new URLSearchParams({ grant_type: 'authorization_code', code: await visitor.code(client), redirect_uri: CALLBACK });
    const answer = await fetch(`${server.issuer}/token?${query.toString()}`, { method, headers: client.basic });
    expect([404, 405]).toContain(answer.status);
    expect(await answer.json()).toHaveProperty('error', 'invalid_request');
  });

  it('has an address without fragment', async () => {
    expect((await getJson(`${server.issuer}/.well-known/openid-configuration`)).body['token_endpoint']).toBe(`${server.issuer}/token`);
  });

  it('treats a parameter without a value as left out', async () => {
    expect((await client.exchange(await visitor.code(client), { grant_type: '' })).body.error).toBe('invalid_request');
    const answer = await client.exchange(await visitor.code(client, { redirect_uri: undefined }), { redirect_uri: '' });
    expect(answer.status).toBe(200);
  });

  it('ignores parameters that it does not know', async () => {
    expect((await client.exchange(await visitor.code(client), { unheard_of: 'a' })).status).toBe(200);
  });

  it.each(['grant_type', 'code', 'redirect_uri', 'code_verifier', 'client_id', 'client_secret'])(
    'refuses %s when it is sent twice',
    async (name) => {
      const sent: Record<string, string> = {
        ...client.credentials,
        grant_type: 'authorization_code',
        code: 'unknown',
        redirect_uri: CALLBACK,
        code_verifier: client.verifier,
      };
      const answer = await postForm(`${server.issuer}/token`, { ...sent, [name]: [sent[name] ?? '', sent[name] ?? ''] });
      expect(answer).toMatchObject({
        status: 400,
        body: { error: 'invalid_request', error_description: `${name} was sent more than once` },
      });
    },
  );

  it('does not read parameters from its address', async () => {
    const code = await visitor.code(client);
    const answer = await postForm(`${server.issuer}/token?grant_type=authorization_code&code=${code}`, {
      ...client.credentials,
      redirect_uri: CALLBACK,
      code_verifier: client.verifier,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('takes forms and nothing else', async () => {
    const request = { grant_type: 'authorization_code', code: await visitor.code(client), redirect_uri: CALLBACK, ...client.credentials };
    const answer = await postJson(`${server.issuer}/token`, request);
    expect([400, 415]).toContain(answer.status);
    expect(answer.body.error).toBe('invalid_request');
  });

  describe('§3.2.1 Client Authentication', () => {
    it('demands it of confidential clients', async () => {
      const answer = await client.exchange(await visitor.code(client), { client_secret: undefined });
      expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    });

    it('demands client_id of a public client', async () => {
      const app = await publicClient(server);
      const code = await visitor.code(app, { scope: 'openid' });
      expect(await app.exchange(code, { client_id: undefined })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
      expect((await app.exchange(code)).status).toBe(200);
    });
  });
});
