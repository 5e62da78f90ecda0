import { approvedClient, type OAuthClient, registerClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 7009 §2.2 Revocation Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it('is 200 when the token was revoked, and says nothing more', async () => {
    const answer = await client.revoke((await visitor.tokens(client)).access_token);
    expect([answer.status, answer.body]).toEqual([200, {}]);
  });

  it.each(['unknown', 'a.b.c', 'def50200ff', 'é', 'x'.repeat(8000)])('is 200 for the invalid token %.12s', async (token) => {
    expect((await client.revoke(token)).status).toBe(200);
  });

  it('is 200 the second time as well', async () => {
    const { access_token: token } = await visitor.tokens(client);
    expect([(await client.revoke(token)).status, (await client.revoke(token)).status]).toEqual([200, 200]);
  });

  it('is 200 for a token that has expired', async () => {
    const { access_token: token } = await visitor.tokens(client);
    server.clock.advance(server.config.accessTokenLifetime + 1);
    expect((await client.revoke(token)).status).toBe(200);
  });

  it('is no different for a forged token, and the genuine one stays good', async () => {
    const { access_token: token } = await visitor.tokens(client);
    const forged = `${token.slice(0, -8)}AAAAAAAA`;
    expect((await client.revoke(forged)).status).toBe(200);
    expect((await client.introspect(token)).body['active']).toBe(true);
  });

  it('§2.2.1 is JSON with an error code when the request is refused, and nobody keeps it', async () => {
    const answer = await client.revoke('unknown', { client_secret: 'wrong' });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  it('§2.2.1 refuses a client that waits for approval', async () => {
    const waiting = await registerClient(server);
    expect(await waiting.revoke('unknown')).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });
});
