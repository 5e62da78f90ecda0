import { type Answer, Browser, encodeForm } from '../../support/browser.js';
import { approvedClient, type OAuthClient, type Tokens } from '../../support/oauth-client.js';
import { ADMIN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC RP-Initiated Logout §2 RP-Initiated Logout', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let tokens: Tokens;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  beforeEach(async () => {
    visitor = new Visitor(server);
    tokens = await visitor.tokens(client);
  });

  afterAll(() => server.stop());

  const logout = (fields: Record<string, string | undefined>, browser = visitor.browser): Promise<Answer> =>
    browser.open(`${server.issuer}/logout?${encodeForm(fields)}`);
  const isSignedIn = async (of = visitor): Promise<boolean> =>
    !(await of.browser.open(client.authorizeUrl())).text.includes('name="password"');
  const asksFirst = (page: Answer): boolean => page.text.includes('value="sign_out"');

  it('ends the session of the person', async () => {
    expect(await isSignedIn()).toBe(true);
    const page = await logout({ id_token_hint: tokens.id_token });
    expect([page.status, asksFirst(page)]).toEqual([200, false]);
    expect(await isSignedIn()).toBe(false);
  });

  it('is taken by POST alike', async () => {
    await visitor.browser.follow(await visitor.browser.post(`${server.issuer}/logout`, { id_token_hint: tokens.id_token }));
    expect(await isSignedIn()).toBe(false);
  });

  it('removes the trusted user, after which every token of it is refused', async () => {
    await logout({ id_token_hint: tokens.id_token });
    const rows = await server.database.query<unknown[]>('SELECT * FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    expect(rows).toEqual([]);
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('leaves the tokens of other clients alone', async () => {
    const other = await approvedClient(server);
    const kept = await visitor.tokens(other);
    await logout({ id_token_hint: tokens.id_token });
    expect((await other.introspect(kept.access_token)).body['active']).toBe(true);
  });

  it('takes a hint that has expired', async () => {
    server.clock.advance(server.config.accessTokenLifetime + 60);
    expect(asksFirst(await logout({ id_token_hint: tokens.id_token }))).toBe(false);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('asks the person when no hint is given, and ends nothing before', async () => {
    const page = await logout({});
    expect([page.status, asksFirst(page), await isSignedIn()]).toEqual([200, true, true]);
    await visitor.browser.submit(page, { decision: 'sign_out' });
    expect(await isSignedIn()).toBe(false);
  });

  it('ends nothing when the person says no', async () => {
    await visitor.browser.submit(await logout({}), { decision: 'stay' });
    expect(await isSignedIn()).toBe(true);
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
  });

  it('ends nothing for a confirmation that no page of ours sent', async () => {
    const answer = await visitor.browser.submit(await logout({}), { decision: 'sign_out', csrf_token: 'forged' });
    expect([answer.status, await isSignedIn()]).toEqual([403, true]);
  });

  it('asks the person when the hint is about somebody else, so that no page can sign them out unseen', async () => {
    const other = new Visitor(server, ADMIN);
    await other.tokens(client);
    const page = await logout({ id_token_hint: tokens.id_token }, other.browser);
    expect([asksFirst(page), await isSignedIn(other)]).toEqual([true, true]);
  });

  it.each<[string, (idToken: string) => string]>([
    ['no token', () => 'nonsense'],
    ['forged', (idToken) => `${idToken.slice(0, -8)}AAAAAAAA`],
    ['unsigned', (idToken) => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${idToken.split('.')[1] ?? ''}.`],
  ])('does not believe a hint that is %s: nothing ends', async (_, change) => {
    await logout({ id_token_hint: change(tokens.id_token ?? '') });
    expect(await isSignedIn()).toBe(true);
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
  });

  it('does not take an access token for a hint', async () => {
    await logout({ id_token_hint: tokens.access_token });
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
  });

  it('refuses a client_id that is not the one of the hint', async () => {
    const other = await approvedClient(server);
    const page = await logout({ id_token_hint: tokens.id_token, client_id: other.clientId });
    expect(page.status).toBe(400);
    expect(server.logs.refusals().at(-1)?.description).toContain('client_id');
    expect(await isSignedIn()).toBe(true);
  });

  it('takes a hint from a browser in which nobody is signed in', async () => {
    await logout({ id_token_hint: tokens.id_token }, new Browser(server.origin));
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('ignores ui_locales, logout_hint and what it does not know', async () => {
    const page = await logout({ id_token_hint: tokens.id_token, ui_locales: 'tlh', logout_hint: 'x', unheard_of: 'y' });
    expect([page.status, await isSignedIn()]).toEqual([200, false]);
  });
});
