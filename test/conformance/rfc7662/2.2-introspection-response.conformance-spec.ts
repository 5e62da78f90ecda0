import { Browser } from '../../support/browser.js';
import { approvedClient, decodeJwt, type OAuthClient, SCOPE } from '../../support/oauth-client.js';
import { CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 7662 §2.2 Introspection Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it('is a JSON object that nobody keeps', async () => {
    const answer = await client.introspect('unknown');
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
  });

  it('describes an active access token', async () => {
    const { access_token: token } = await visitor.tokens(client);
    const { claims } = decodeJwt(token);
    expect((await client.introspect(token)).body).toMatchObject({
      active: true,
      status: 'active',
      scope: SCOPE,
      client_id: client.clientId,
      sub: CLINICIAN.subject,
      exp: claims['exp'],
      iat: claims['iat'],
      iss: server.issuer,
      jti: claims['jti'],
      token_type: 'Bearer',
      auth_time: claims['auth_time'], // RFC 9470 §6.2
      acr: claims['acr'],
      amr: claims['amr'],
    });
  });

  it('describes an active refresh token, with the end of its own life', async () => {
    const tokens = await visitor.tokens(client);
    const { body } = await client.introspect(tokens.refresh_token);
    expect(body).toMatchObject({ active: true, status: 'active', scope: SCOPE, client_id: client.clientId, sub: CLINICIAN.subject });
    expect(Number(body['exp'])).toBeGreaterThan(Number(decodeJwt(tokens.access_token).claims['exp']));
  });

  it.each(['access_token', 'refresh_token'] as const)('says expired, and not active, when the %s has expired', async (kind) => {
    const tokens = await visitor.tokens(client);
    server.clock.advance((kind === 'access_token' ? server.config.accessTokenLifetime : server.config.refreshTokenLifetime) + 1);
    const { status, body } = await client.introspect(tokens[kind]);
    expect([status, body]).toMatchObject([
      200,
      { active: false, status: 'expired', client_id: client.clientId, sub: CLINICIAN.subject, scope: SCOPE },
    ]);
    expect(body['exp']).toEqual(expect.any(Number));
  });

  it.each(['access_token', 'refresh_token'] as const)('says revoked, and not active, when the %s was revoked', async (kind) => {
    const tokens = await visitor.tokens(client);
    await client.revoke(tokens[kind]);
    const { status, body } = await client.introspect(tokens[kind]);
    expect([status, body]).toMatchObject([
      200,
      { active: false, status: 'revoked', client_id: client.clientId, sub: CLINICIAN.subject, scope: SCOPE },
    ]);
  });

  it('says revoked of tokens which a refresh has replaced', async () => {
    const tokens = await visitor.tokens(client);
    await client.refresh(tokens.refresh_token);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
    expect((await client.introspect(tokens.refresh_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('says revoked after logout, of both tokens', async () => {
    const tokens = await visitor.tokens(client);
    await new Browser(server.origin).open(`${server.issuer}/logout?id_token_hint=${tokens.id_token}`);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect((await client.introspect(token)).body).toMatchObject({ active: false, status: 'revoked' });
    }
  });

  it('says nothing about the token of another client', async () => {
    const tokens = await visitor.tokens(client);
    const other = await approvedClient(server);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      expect((await other.introspect(token)).body).toEqual({ active: false, status: 'invalid' });
    }
  });

  it.each(['unknown', 'def50200ff', 'é', 'x'.repeat(8000)])('says nothing about the unknown token %.12s', async (token) => {
    const answer = await client.introspect(token);
    expect([answer.status, answer.body]).toEqual([200, { active: false, status: 'invalid' }]);
  });

  it('refuses a token with a bad signature, as a request that cannot be right', async () => {
    const { access_token: token } = await visitor.tokens(client);
    const answer = await client.introspect(`${token.slice(0, -8)}AAAAAAAA`);
    expect([400, 401]).toContain(answer.status);
    expect(answer.body).not.toHaveProperty('sub');
  });

  it('does not call an ID token an active access token', async () => {
    const { id_token: token } = await visitor.tokens(client);
    expect((await client.introspect(token)).body['active'] ?? false).toBe(false);
  });

  it('says revoked when the consent of the person is gone', async () => {
    const tokens = await visitor.tokens(client);
    await server.database.query('DELETE FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });
});
