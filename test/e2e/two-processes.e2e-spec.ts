import { Browser } from '../support/browser.js';
import { approvedClient, type JsonAnswer, type OAuthClient, postForm, type Tokens } from '../support/oauth-client.js';
import { addressOf, clientAt } from '../support/other-address.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** Nothing that must be true lives in a process: what one knows, the other knows at once. On the embedded database they share the file. */
describe('Two processes on one database', () => {
  let server: TestServer;
  let other: TestServer;
  let here: OAuthClient;
  let there: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    other = await server.replica();
    here = await approvedClient(server);
    there = clientAt(other, here);
    await server.database.query("UPDATE globals SET gl_value = '2' WHERE gl_name = 'password_max_failed_logins'");
    await server.database.query("UPDATE globals SET gl_value = '3' WHERE gl_name = 'oauth_password_grant'");
    server.clock.advance(6);
  });

  afterAll(() => server.stop());

  const signInAt = (client: OAuthClient, password: string): Promise<JsonAnswer> =>
    postForm(`${client.server.issuer}/token`, {
      ...{ grant_type: 'password', username: CLINICIAN.username, password, user_role: 'users', scope: 'openid offline_access api:oemr' },
      ...client.credentials,
    });
  const tokensAt = async (client: OAuthClient): Promise<Tokens> => (await signInAt(client, CLINICIAN.password)).body as unknown as Tokens;
  const areEnded = async (client: OAuthClient, tokens: Tokens): Promise<void> => {
    for (const token of [tokens.access_token, tokens.refresh_token]) expect((await client.introspect(token)).body['active']).toBe(false);
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  };

  it('share a lockout at once, and its end', async () => {
    expect((await signInAt(here, 'wrong')).status).toBe(400);
    expect((await signInAt(there, 'wrong')).status).toBe(400);
    for (const client of [here, there]) expect((await signInAt(client, CLINICIAN.password)).status).toBe(400);
    await server.database.query('UPDATE users_secure SET login_fail_counter = 0 WHERE id = 2'); // as the EHR's own page does
    expect((await signInAt(there, CLINICIAN.password)).status).toBe(200);
    expect((await signInAt(here, 'wrong')).status).toBe(400);
    expect((await signInAt(there, CLINICIAN.password)).status).toBe(200); // a success there clears what failed here
    expect((await signInAt(there, 'wrong')).status).toBe(400);
    expect((await signInAt(here, CLINICIAN.password)).status).toBe(200);
  });

  it('share a revocation at once', async () => {
    const tokens = await tokensAt(here);
    expect((await there.introspect(tokens.access_token)).body['active']).toBe(true);
    expect((await there.userinfo(tokens.access_token)).status).toBe(200);
    await here.revoke(tokens.access_token);
    expect((await there.introspect(tokens.access_token)).body['active']).toBe(false);
    await there.revoke(tokens.refresh_token);
    await areEnded(here, tokens);
  });

  it('rotate a refresh token once, whichever is asked', async () => {
    const tokens = await tokensAt(here);
    const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => (n % 2 ? here : there).refresh(tokens.refresh_token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(7);
  });

  it('share a logout at once', async () => {
    const browser = new Browser(server.origin);
    const tokens = await here.tokens({}, CLINICIAN, browser);
    await fetch(`${addressOf(other).issuer}/logout?id_token_hint=${tokens.id_token}`, { redirect: 'manual' });
    await areEnded(here, tokens);
  });

  it('exchange a code at the one that did not issue it, once', async () => {
    const code = (await here.authorize()).get('code');
    const first = await there.exchange(code);
    expect(first.status).toBe(200);
    expect((await here.exchange(code)).body.error).toBe('invalid_grant');
    await areEnded(there, first.body as unknown as Tokens);
  });

  it('have one of them switch a client off for both', async () => {
    const client = await approvedClient(server);
    await other.database.query('UPDATE oauth_clients SET is_enabled = 0 WHERE client_id = ?', [client.clientId]);
    const refused = await signInAt(client, CLINICIAN.password);
    expect(refused.body.error).toBe('unauthorized_client');
  });
});
