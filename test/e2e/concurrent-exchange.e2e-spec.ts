import { approvedClient, type OAuthClient } from '../support/oauth-client.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('One code, many exchanges at once', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  it('gives exactly one success out of a hundred', async () => {
    const code = (await client.authorize()).get('code');
    const answers = await Promise.all(Array.from({ length: 100 }, () => client.exchange(code)));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((answer) => answer.status !== 200).map((answer) => answer.body.error))).toEqual(
      new Set(['invalid_grant']),
    );
  });

  it('ends what the first exchange issued when the code comes a second time', async () => {
    const code = (await client.authorize()).get('code');
    const first = (await client.exchange(code)).body as Record<string, string>;
    expect((await client.introspect(first['access_token'])).body['active']).toBe(true);
    expect((await client.exchange(code)).body.error).toBe('invalid_grant');
    expect(await client.introspect(first['access_token'])).toMatchObject({ body: { active: false, status: 'revoked' } });
    expect((await client.refresh(first['refresh_token'])).body.error).toBe('invalid_grant');
  });

  it('rotates a refresh token once when it comes many times at once, and ends the family', async () => {
    const tokens = await client.tokens();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.refresh(tokens.refresh_token)));
    const winners = answers.filter((answer) => answer.status === 200);
    expect(winners).toHaveLength(1);
    expect(await client.introspect(winners[0]?.body['refresh_token'] as string)).toMatchObject({
      body: { active: false, status: 'revoked' },
    });
  });

  it('holds over two processes on one database', async () => {
    const other = await server.replica();
    const code = (await client.authorize()).get('code');
    const there = new (client.constructor as typeof OAuthClient)(
      { origin: other.origin, issuer: server.issuer.replace(server.origin, `http://localhost:${other.config.port}`) },
      client.registration,
    );
    Object.assign(there, { verifier: client.verifier });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? client : there).exchange(code)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });
});
