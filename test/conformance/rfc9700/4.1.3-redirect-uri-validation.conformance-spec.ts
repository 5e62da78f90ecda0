import { type Answer, Browser } from '../../support/browser.js';
import { approvedClient, CALLBACK, type OAuthClient, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 9700 §4.1.3 Redirection URI Validation, §4.11 Open Redirection', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const ask = (of: OAuthClient, redirectUri: string): Promise<Answer> =>
    new Browser(server.origin).get(of.authorizeUrl({ redirect_uri: redirectUri, prompt: 'none', scope: 'openid' }));

  it('compares strings exactly', async () => {
    expect((await ask(client, CALLBACK)).location).toContain('login_required');
    expect((await ask(client, `${CALLBACK}?`)).location).toBeNull();
  });

  it('knows no patterns: a star that was registered is a star', async () => {
    const starred = await publicClient(server, { redirect_uris: ['https://app.example/*'] });
    expect((await ask(starred, 'https://app.example/anything')).location).toBeNull();
    expect((await ask(starred, 'https://app.example/*')).location).toContain('login_required');
  });

  it('takes no address of one client for another', async () => {
    await publicClient(server, { redirect_uris: ['https://other.example/callback'] });
    expect((await ask(client, 'https://other.example/callback')).location).toBeNull();
  });

  it('compares with what is stored now', async () => {
    const moved = await publicClient(server, { redirect_uris: ['https://old.example/callback'] });
    await server.database.query('UPDATE oauth_clients SET redirect_uri = ? WHERE client_id = ?', [
      'https://new.example/callback',
      moved.clientId,
    ]);
    expect((await ask(moved, 'https://old.example/callback')).location).toBeNull();
    expect((await ask(moved, 'https://new.example/callback')).location).toContain('login_required');
  });

  it.each(['javascript:alert(1)//', 'data:text/html,x', 'not a uri'])(
    'sends nobody to %s, although the EHR let a client register it',
    async (uri) => {
      const careless = await publicClient(server);
      await server.database.query('UPDATE oauth_clients SET redirect_uri = ? WHERE client_id = ?', [uri, careless.clientId]);
      const answer = await ask(careless, uri);
      expect([answer.status, answer.location]).toEqual([400, null]);
    },
  );

  it('does not treat a list as one address', async () => {
    const several = await publicClient(server, { redirect_uris: ['https://one.example/', 'https://two.example/'] });
    expect((await ask(several, 'https://one.example/|https://two.example/')).location).toBeNull();
  });

  it('§4.11.2 does not redirect before it knows the client', async () => {
    const answer = await new Browser(server.origin).get(
      client.authorizeUrl({ client_id: 'nobody', redirect_uri: 'https://evil.example/', prompt: 'none' }),
    );
    expect(answer.location).toBeNull();
  });
});
