import { approvedClient, type OAuthClient, type Tokens } from '../support/oauth-client.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPE = 'openid online_access api:oemr user/Patient.read';
const HOUR = 3600;

describe('online_access', () => {
  let server: TestServer;
  let app: OAuthClient;

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_SESSION_LIFETIME: String(4 * HOUR) } });
    app = await approvedClient(server, { scope: `${SCOPE} offline_access` });
  });
  afterAll(() => server.stop());

  it('lets an app refresh as long as the session could last, counted from the sign-in and not from the refresh', async () => {
    let tokens = await new Visitor(server).tokens(app, { scope: SCOPE });
    for (let time = 0; time < 3; time += 1) {
      server.clock.advance(HOUR);
      const answer = await app.refresh(tokens.refresh_token);
      expect(answer.status).toBe(200);
      tokens = answer.body as unknown as Tokens;
    }
    server.clock.advance(HOUR);
    expect((await app.refresh(tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('ends when the person signs out', async () => {
    const visitor = new Visitor(server);
    const tokens = await visitor.tokens(app, { scope: SCOPE });
    const page = await visitor.browser.open(`${server.issuer}/logout`);
    await visitor.browser.submit(page, { decision: 'sign_out' });
    expect((await app.refresh(tokens.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('ends when another app signs the person out, and offline access does not', async () => {
    const other = await approvedClient(server, { scope: SCOPE });
    const visitor = new Visitor(server);
    const online = await visitor.tokens(app, { scope: SCOPE });
    const third = await approvedClient(server, { scope: `${SCOPE} offline_access` });
    const offline = await visitor.tokens(third, { scope: `${SCOPE} offline_access` });
    const { id_token: hint } = await visitor.tokens(other, { scope: SCOPE });
    await visitor.browser.open(`${server.issuer}/logout?${new URLSearchParams({ id_token_hint: String(hint) })}`);
    expect((await app.refresh(online.refresh_token)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await third.refresh(offline.refresh_token)).status).toBe(200);
  });

  it('is no limit where offline_access was allowed as well', async () => {
    const { refresh_token: token } = await new Visitor(server).tokens(app, { scope: `${SCOPE} offline_access` });
    server.clock.advance(5 * HOUR);
    expect((await app.refresh(token)).status).toBe(200);
  });

  it('is kept by a refresh that asks for less', async () => {
    const { refresh_token: first } = await new Visitor(server).tokens(app, { scope: SCOPE });
    const narrowed = await app.refresh(first, { scope: 'openid' });
    expect(narrowed.body).toMatchObject({ scope: 'openid', refresh_token: expect.any(String) });
  });
});
