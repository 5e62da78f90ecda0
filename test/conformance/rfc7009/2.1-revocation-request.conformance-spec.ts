import { approvedClient, type OAuthClient, postForm, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 7009 §2.1 Revocation Request', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const isActive = async (of: OAuthClient, token: string | undefined): Promise<unknown> => (await of.introspect(token)).body['active'];

  it('revokes an access token', async () => {
    const tokens = await visitor.tokens(client);
    expect((await client.revoke(tokens.access_token, { token_type_hint: 'access_token' })).status).toBe(200);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('leaves the refresh token good when the access token goes', async () => {
    const tokens = await visitor.tokens(client);
    await client.revoke(tokens.access_token);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('revokes a refresh token, and with it the access tokens of the same grant', async () => {
    const tokens = await visitor.tokens(client);
    expect((await client.revoke(tokens.refresh_token, { token_type_hint: 'refresh_token' })).status).toBe(200);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('ends a whole grant with its newest refresh token: what came before it and beside it', async () => {
    const first = await visitor.tokens(client);
    const second = (await client.refresh(first.refresh_token)).body;
    await client.revoke(String(second['refresh_token']));
    expect([await isActive(client, String(second['access_token'])), await isActive(client, first.access_token)]).toEqual([false, false]);
  });

  it('touches no other grant of the same person and client', async () => {
    const [ended, other] = [await visitor.tokens(client), await visitor.tokens(client)];
    await client.revoke(ended.refresh_token);
    expect([await isActive(client, other.access_token), (await client.refresh(other.refresh_token)).status]).toEqual([true, 200]);
  });

  it.each([
    ['refresh_token', 'access_token'],
    ['access_token', 'refresh_token'],
  ] as const)('finds a token although the hint says %s', async (hint, kind) => {
    const tokens = await visitor.tokens(client);
    expect((await client.revoke(tokens[kind], { token_type_hint: hint })).status).toBe(200);
    expect(await isActive(client, tokens[kind])).toBe(false);
  });

  it('is effective at once', async () => {
    const tokens = await visitor.tokens(client);
    await client.revoke(tokens.access_token);
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
  });

  it('demands a token', async () => {
    expect(await client.revoke(undefined)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('demands authentication of a confidential client, and revokes nothing without', async () => {
    const tokens = await visitor.tokens(client);
    expect(await client.revoke(tokens.access_token, { client_secret: undefined })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await client.revoke(tokens.access_token, { client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await isActive(client, tokens.access_token)).toBe(true);
  });

  it('takes Basic authentication', async () => {
    const tokens = await visitor.tokens(client);
    expect((await postForm(`${server.issuer}/revoke`, { token: tokens.access_token }, client.basic)).status).toBe(200);
    expect(await isActive(client, tokens.access_token)).toBe(false);
  });

  it('takes the identifier alone of a public client', async () => {
    const app = await publicClient(server);
    const tokens = await visitor.tokens(app, { scope: 'openid offline_access' });
    expect((await app.revoke(tokens.refresh_token)).status).toBe(200);
    expect((await app.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it.each(['access_token', 'refresh_token'] as const)('does not revoke the %s of another client', async (kind) => {
    const tokens = await visitor.tokens(client);
    const other = await approvedClient(server);
    const answer = await other.revoke(tokens[kind]);
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_grant']);
    expect(await isActive(client, tokens[kind])).toBe(true);
  });

  it.each(['GET', 'DELETE'])('does not revoke by %s', async (method) => {
    const tokens = await visitor.tokens(client);
    const query = new URLSearchParams({ token: tokens.access_token, ...client.credentials });
    expect([404, 405]).toContain((await fetch(`${server.issuer}/revoke?${query.toString()}`, { method })).status);
    expect(await isActive(client, tokens.access_token)).toBe(true);
  });
});
