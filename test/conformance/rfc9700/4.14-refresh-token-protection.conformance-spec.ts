import { approvedClient, type OAuthClient, publicClient, type Tokens } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const GRACE = 30;

describe('RFC 9700 §4.14 Refresh Token Protection', () => {
  let server: TestServer;
  let lenient: TestServer;
  let client: OAuthClient;
  let app: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    lenient = await startServer({ env: { CHARTKEY_REFRESH_GRACE: String(GRACE) } });
    server = await startServer(); // the last one, as Nest has one logger per process
    client = await approvedClient(server);
    app = await publicClient(server);
    visitor = new Visitor(server);
  });

  afterAll(async () => {
    await server.stop();
    await lenient.stop();
  });

  const renew = async (of: OAuthClient, token: string | undefined): Promise<Tokens> => {
    const answer = await of.refresh(token);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return answer.body as unknown as Tokens;
  };
  const statusOf = async (of: OAuthClient, token: string | undefined): Promise<unknown> => (await of.introspect(token)).body['status'];

  it.each(['public', 'confidential'])('rotates the refresh token of a %s client at each use', async (kind) => {
    const of = kind === 'public' ? app : client;
    const first = await visitor.tokens(of, { scope: 'openid offline_access' });
    const second = await renew(of, first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await renew(of, second.refresh_token)).refresh_token).not.toBe(second.refresh_token);
  });

  it('ends the whole family when a replaced token comes back', async () => {
    const first = await visitor.tokens(client);
    const second = await renew(client, first.refresh_token);
    const third = await renew(client, second.refresh_token);
    expect(await client.refresh(first.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(server.logs.refusals().at(-1)?.detail).toMatch(/reuse|again|replaced/i);
    expect(await statusOf(client, third.refresh_token)).toBe('revoked');
    expect(await statusOf(client, third.access_token)).toBe('revoked');
    expect((await client.refresh(third.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('ends no other family of the same person and client', async () => {
    const [ended, other] = [await visitor.tokens(client), await visitor.tokens(client)];
    await renew(client, ended.refresh_token);
    await client.refresh(ended.refresh_token);
    expect((await client.refresh(other.refresh_token)).status).toBe(200);
  });

  it('does not let a stranger end a family with a stolen token', async () => {
    const first = await visitor.tokens(client);
    const second = await renew(client, first.refresh_token);
    const stranger = await approvedClient(server);
    expect((await stranger.refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await client.refresh(second.refresh_token)).status).toBe(200);
  });

  it('binds the token to the scope that was granted', async () => {
    const first = await visitor.tokens(client, { scope: 'openid offline_access' });
    expect((await client.refresh(first.refresh_token, { scope: 'openid offline_access user/Patient.read' })).body.error).toBe(
      'invalid_scope',
    );
  });

  it('lets it end with time', async () => {
    const first = await visitor.tokens(client);
    server.clock.advance(server.config.refreshTokenLifetime + 1);
    expect((await client.refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('revokes it at logout', async () => {
    const own = new Visitor(server);
    const tokens = await own.tokens(client);
    await own.browser.open(`${server.issuer}/logout?id_token_hint=${tokens.id_token}`);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  describe('with a grace period for answers that were lost', () => {
    let careful: OAuthClient;
    let tokens: Tokens;

    beforeEach(async () => {
      careful = await approvedClient(lenient);
      tokens = await new Visitor(lenient).tokens(careful);
    });

    it('answers the same token again, and what the lost answer held is good for nothing', async () => {
      const lost = await renew(careful, tokens.refresh_token);
      lenient.clock.advance(GRACE - 5);
      const retried = await renew(careful, tokens.refresh_token);
      expect((await careful.userinfo(retried.access_token)).status).toBe(200);
      expect(await statusOf(careful, lost.refresh_token)).not.toBe('active');
      expect((await careful.refresh(retried.refresh_token)).status).toBe(200);
    });

    it('ends the family once the successor has been used', async () => {
      const second = await renew(careful, tokens.refresh_token);
      const third = await renew(careful, second.refresh_token);
      expect((await careful.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
      expect(await statusOf(careful, third.refresh_token)).toBe('revoked');
    });

    it('ends the family when the period is over', async () => {
      const second = await renew(careful, tokens.refresh_token);
      lenient.clock.advance(GRACE + 1);
      expect((await careful.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
      expect(await statusOf(careful, second.refresh_token)).toBe('revoked');
    });
  });
});
