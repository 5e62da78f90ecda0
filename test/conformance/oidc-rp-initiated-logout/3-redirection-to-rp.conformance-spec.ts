import { type Answer, encodeForm } from '../../support/browser.js';
import { approvedClient, type OAuthClient, postJson, type Tokens } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const BYE = 'https://app.example/signed-out';
const BYE_TOO = 'https://app.example/bye?from=ehr';

describe('OIDC RP-Initiated Logout §3 Redirection to RP After Logout', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let tokens: Tokens;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { post_logout_redirect_uris: [BYE, BYE_TOO] });
  });

  beforeEach(async () => {
    visitor = new Visitor(server);
    tokens = await visitor.tokens(client);
  });

  afterAll(() => server.stop());

  const logout = (fields: Record<string, string | readonly string[] | undefined>): Promise<Answer> =>
    visitor.browser.open(`${server.issuer}/logout?${encodeForm(fields)}`);
  const hinted = (fields: Record<string, string | readonly string[]>): Promise<Answer> =>
    logout({ id_token_hint: tokens.id_token, ...fields });

  it('goes to the registered address, with the state', async () => {
    expect((await hinted({ post_logout_redirect_uri: BYE, state: 'a b&c=d#é' })).location).toBe(
      `${BYE}?${encodeForm({ state: 'a b&c=d#é' })}`,
    );
  });

  it('goes there as it is when there is no state', async () => {
    expect((await hinted({ post_logout_redirect_uri: BYE })).location).toBe(BYE);
  });

  it('finds the address among several, and adds to its query', async () => {
    expect((await hinted({ post_logout_redirect_uri: BYE_TOO, state: 'x' })).location).toBe(`${BYE_TOO}&state=x`);
  });

  it('has signed the person out by then', async () => {
    await hinted({ post_logout_redirect_uri: BYE });
    expect((await visitor.browser.open(client.authorizeUrl())).text).toContain('name="password"');
  });

  it.each([
    ['of another site', 'https://evil.example/'],
    ['with a slash more', `${BYE}/`],
    ['with a query more', `${BYE}?x=1`],
    ['in another case', 'https://app.example/Signed-Out'],
    ['which is the redirect_uri of the client', 'https://app.example/callback'],
    ['which is the whole list of the EHR', `${BYE}|${BYE_TOO}`],
    ['of a script', 'javascript:alert(1)'],
  ])('goes to no address %s, but signs out all the same', async (_, uri) => {
    const page = await hinted({ post_logout_redirect_uri: uri, state: 'x' });
    expect([page.location, page.status]).toEqual([null, 200]);
    expect(page.text).not.toContain(`href="${uri}`);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('goes to no address of another client', async () => {
    await approvedClient(server, { post_logout_redirect_uris: ['https://other.example/bye'] });
    expect((await hinted({ post_logout_redirect_uri: 'https://other.example/bye' })).location).toBeNull();
  });

  it('without hint goes there only after the person has agreed, for the client that is named', async () => {
    const page = await logout({ client_id: client.clientId, post_logout_redirect_uri: BYE, state: 'x' });
    expect(page.location).toBeNull();
    expect((await visitor.browser.submit(page, { decision: 'sign_out' })).location).toBe(`${BYE}?state=x`);
  });

  it('without hint and client goes nowhere', async () => {
    const page = await logout({ post_logout_redirect_uri: BYE });
    expect(page.location).toBeNull();
    expect((await visitor.browser.submit(page, { decision: 'sign_out' })).location).toBeNull();
  });

  it('with a forged hint goes nowhere', async () => {
    const page = await logout({ id_token_hint: `${(tokens.id_token ?? '').slice(0, -8)}AAAAAAAA`, post_logout_redirect_uri: BYE });
    expect(page.location).toBeNull();
  });

  it('refuses an address that is sent twice', async () => {
    const page = await hinted({ post_logout_redirect_uri: [BYE, 'https://evil.example/'] });
    expect([page.status, page.location]).toEqual([400, null]);
  });

  it('§3.1 registers no address that could run a script', async () => {
    const answer = await postJson(`${server.issuer}/registration`, {
      client_name: 'x',
      redirect_uris: ['https://app.example/callback'],
      post_logout_redirect_uris: ['javascript:alert(1)'],
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_client_metadata' } });
  });
});
