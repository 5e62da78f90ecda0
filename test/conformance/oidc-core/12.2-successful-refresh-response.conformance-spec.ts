import { createHash } from 'node:crypto';
import { approvedClient, decodeJwt, type JsonAnswer, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §12.2 Successful Refresh Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let answer: JsonAnswer;
  let original: Record<string, unknown>;
  let refreshed: Record<string, unknown>;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    const tokens = await new Visitor(server).tokens(client, { nonce: 'one time' });
    server.clock.advance(600);
    answer = await client.refresh(tokens.refresh_token);
    original = decodeJwt(tokens.id_token ?? '').claims;
    refreshed = decodeJwt(String(answer.body['id_token'])).claims;
  });

  afterAll(() => server.stop());

  it('holds an ID token where openid was granted', () => {
    expect([answer.status, answer.body['id_token']]).toEqual([200, expect.any(String)]);
  });

  it.each(['iss', 'sub', 'aud', 'auth_time', 'azp', 'acr', 'amr', 'sid'])('keeps %s of the original ID token', (name) => {
    expect(refreshed[name]).toEqual(original[name]);
  });

  it('was issued at the time of the refresh', () => {
    expect(Number(refreshed['iat']) - Number(original['iat'])).toBeGreaterThanOrEqual(600);
    expect(Number(refreshed['exp'])).toBeGreaterThan(Number(original['exp']));
  });

  it('has no nonce, as there was no authentication request', () => {
    expect(original['nonce']).toBe('one time');
    expect(refreshed).not.toHaveProperty('nonce');
  });

  it('binds the new access token', () => {
    const digest = createHash('sha256').update(String(answer.body['access_token'])).digest();
    expect(refreshed['at_hash']).toBe(digest.subarray(0, 16).toString('base64url'));
  });

  it('holds no ID token when the refresh asks for less than openid', async () => {
    const tokens = await new Visitor(server).tokens(client);
    const { status, body } = await client.refresh(tokens.refresh_token, { scope: 'api:oemr offline_access' });
    expect([status, 'id_token' in body]).toEqual([200, false]);
  });
});
