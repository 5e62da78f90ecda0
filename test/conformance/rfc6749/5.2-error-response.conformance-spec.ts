import { approvedClient, type JsonAnswer, type OAuthClient, postForm, registerClient } from '../../support/oauth-client.js';
import { setGlobal } from '../../support/set-global.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §5.2 Error Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    await setGlobal(server, 'oauth_password_grant', '0');
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const ask = (fields: Record<string, string>, headers: Record<string, string> = {}): Promise<JsonAnswer> =>
    postForm(`${server.issuer}/token`, fields, headers);

  it('says invalid_request for a missing grant_type', async () => {
    expect(await ask(client.credentials)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('says invalid_request for a missing refresh_token', async () => {
    expect(await ask({ ...client.credentials, grant_type: 'refresh_token' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });

  it('says invalid_client with 401 and a challenge of the scheme that was used', async () => {
    const authorization = `Basic ${Buffer.from(`${client.clientId}:wrong`).toString('base64')}`;
    const answer = await ask({ grant_type: 'refresh_token', refresh_token: 'x' }, { authorization });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
  });

  it('says invalid_grant for a code, and for a refresh token, that is not valid', async () => {
    expect(await client.exchange('unknown')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await client.refresh('unknown')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('says unauthorized_client for a grant that the client is not registered for', async () => {
    const other = await approvedClient(server, { grant_types: ['refresh_token'], response_types: [] });
    const answer = await other.exchange(await visitor.code(client));
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
  });

  it('says unauthorized_client, in words, to a client that waits for approval', async () => {
    const waiting = await registerClient(server);
    const answer = await waiting.exchange('unknown');
    expect(answer).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
    expect(answer.body.error_description).toMatch(/approval/);
  });

  it('does not tell strangers that a client waits for approval', async () => {
    const waiting = await registerClient(server);
    expect((await waiting.exchange('unknown', { client_secret: 'wrong' })).body.error).toBe('invalid_client');
  });

  it.each(['urn:example:unknown', 'implicit', 'password', 'AUTHORIZATION_CODE', '__proto__', 'constructor'])(
    'says unsupported_grant_type for %s',
    async (grantType) => {
      const answer = await ask({ ...client.credentials, grant_type: grantType, username: 'clinician', password: 'x', scope: 'openid' });
      expect(answer).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
    },
  );

  it('says invalid_scope for more than was granted', async () => {
    const tokens = await visitor.tokens(client, { scope: 'openid offline_access' });
    expect(await client.refresh(tokens.refresh_token, { scope: 'openid profile' })).toMatchObject({
      status: 400,
      body: { error: 'invalid_scope' },
    });
  });

  it('is JSON which nobody keeps', async () => {
    const answer = await ask(client.credentials);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual([expect.stringContaining('no-store'), 'no-cache']);
  });

  it('keeps error_description to the characters it may have', async () => {
    const answer = await ask({ ...client.credentials, grant_type: '"\\\u00e9\u0007<script>' });
    expect(answer.body.error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(Object.keys(answer.body).sort()).toEqual(['error', 'error_description']);
  });
});
