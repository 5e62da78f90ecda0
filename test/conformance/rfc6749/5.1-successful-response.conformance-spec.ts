import { approvedClient, decodeJwt, type JsonAnswer, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §5.1 Successful Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let answer: JsonAnswer;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
    answer = await client.exchange(await visitor.code(client));
  });

  afterAll(() => server.stop());

  it('has status 200 and a JSON object', () => {
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('is never stored: Cache-Control and Pragma say so', () => {
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(answer.headers.get('pragma')).toBe('no-cache');
  });

  it('holds access_token and token_type', () => {
    expect(answer.body).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer' });
  });

  it('holds expires_in as a number of seconds, which is how long the token lives', () => {
    const { claims } = decodeJwt(String(answer.body['access_token']));
    expect(answer.body['expires_in']).toBe(Number(claims['exp']) - Number(claims['iat']));
    expect(answer.body['expires_in']).toBe(server.config.accessTokenLifetime);
  });

  it('holds the scope that was granted', async () => {
    const { scope, access_token: accessToken } = await visitor.tokens(client, { scope: 'openid api:oemr' });
    expect(scope).toBe('openid api:oemr');
    expect(decodeJwt(accessToken).claims['scope']).toBe('openid api:oemr');
  });

  it('holds a refresh token for offline_access, and none without it', async () => {
    expect(answer.body['refresh_token']).toEqual(expect.any(String));
    expect(await visitor.tokens(client, { scope: 'openid profile' })).not.toHaveProperty('refresh_token');
  });

  it('has only members with a value', () => {
    expect(Object.values(answer.body).filter((value) => value === null || value === '')).toEqual([]);
  });

  it('has the same form for a refresh', async () => {
    const refreshed = await client.refresh(String(answer.body['refresh_token']));
    expect(refreshed).toMatchObject({ status: 200, body: { access_token: expect.any(String), token_type: 'Bearer', expires_in: 3600 } });
    expect([refreshed.headers.get('cache-control'), refreshed.headers.get('pragma')]).toEqual([
      expect.stringContaining('no-store'),
      'no-cache',
    ]);
  });
});
