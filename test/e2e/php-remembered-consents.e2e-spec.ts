import { createHash } from 'node:crypto';
import { type EhrCodeFacts, EhrServer } from '../support/ehr-server.js';
import { approvedClient, CALLBACK, callbackOf, type OAuthClient, publicClient } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPES = ['openid', 'api:oemr', 'user/Patient.read'];
const SCOPE = SCOPES.join(' ');

describe("What the EHR's own server was asked to remember", () => {
  let server: TestServer;
  let ehr: EhrServer;
  let client: OAuthClient;
  let visitor: Visitor;

  const remember = (changes: Partial<EhrCodeFacts> = {}) =>
    ehr.issueCode({
      clientId: client.clientId,
      subject: CLINICIAN.subject,
      scopes: SCOPES,
      redirectUri: CALLBACK,
      expiresAt: Math.floor(server.clock.now().getTime() / 1000) - 86_400,
      isRemembered: true,
      ...changes,
    });
  const keep = (code: string) =>
    server.database.query('UPDATE oauth_trusted_user SET code = ? WHERE client_id = ?', [code, client.clientId]);
  /** `code` when the person is asked nothing. */
  const outcome = async (more: Record<string, string> = {}): Promise<string> => {
    const page = await visitor.arrive(client, { scope: SCOPE, ...more });
    if (page.location !== null) return callbackOf(page).has('code') ? 'code' : String(callbackOf(page).get('error'));
    return page.text.includes('name="decision"') ? 'asked' : page.text;
  };

  beforeAll(async () => {
    server = await startServer();
    ehr = EhrServer.beside(server);
    client = await approvedClient(server);
    visitor = new Visitor(server);
    await visitor.arrive(client);
  });
  afterAll(() => server.stop());

  it('is not asked for again', async () => {
    await remember();
    expect(await outcome()).toBe('code');
    expect(await outcome({ scope: 'openid' })).toBe('code');
    expect(await outcome({ prompt: 'none' })).toBe('code');
  });

  it('goes on to be remembered once tokens were issued here', async () => {
    await remember();
    const page = await visitor.arrive(client, { scope: SCOPE });
    expect((await client.exchange(callbackOf(page).get('code'))).status).toBe(200);
    const [row] = await server.database.query<Array<Record<string, unknown>>>('SELECT * FROM oauth_trusted_user WHERE client_id = ?', [
      client.clientId,
    ]);
    expect(row).toMatchObject({ code: null, persist_login: 1 });
    expect(await outcome()).toBe('code');
  });

  it('is taken over with a code of the EHR that is exchanged here: what was allowed, not what was asked for', async () => {
    const challenge = createHash('sha256').update(client.verifier).digest('base64url');
    const code = await remember({ challenge, expiresAt: server.clock.now().getTime() / 1000 + 60, requested: [...SCOPES, 'email'] });
    expect((await client.exchange(code)).status).toBe(200);
    expect(await outcome()).toBe('code');
    expect(await outcome({ scope: `${SCOPE} email` })).toBe('asked');
  });

  it.each<[string, Partial<EhrCodeFacts>, Record<string, string>]>([
    ['the box was not ticked', { isRemembered: false }, {}],
    ['less was allowed than asked for', { scopes: ['openid'], requested: SCOPES }, {}],
    ['more is asked for now', {}, { scope: `${SCOPE} email` }],
    ['the app wants the question', {}, { prompt: 'consent' }],
    ['somebody else ticked it', { subject: ADMIN.subject }, {}],
  ])('is asked for when %s', async (_name, changes, request) => {
    await server.database.query('DELETE FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    await remember(changes);
    expect(await outcome(request)).toBe('asked');
  });

  it('is asked for when the row does not hold what was allowed', async () => {
    const foreign = await ehr.seal({
      client_id: 'other',
      auth_code_id: 'a'.repeat(80),
      scopes: SCOPES,
      user_id: CLINICIAN.subject,
      expire_time: 1,
    });
    const stranger = await ehr.seal({
      client_id: client.clientId,
      auth_code_id: 'a'.repeat(80),
      scopes: SCOPES,
      user_id: ADMIN.subject,
      expire_time: 1,
    });
    const code = await remember();
    for (const text of ['', 'def50200', `${code.slice(0, -2)}00`, foreign, stranger]) {
      await keep(text);
      expect([text.slice(-8), await outcome()]).toEqual([text.slice(-8), 'asked']);
    }
  });

  it('is asked for each time where any program may take the redirect', async () => {
    const redirectUri = 'http://127.0.0.1:8080/callback';
    const scopes = ['openid', 'api:fhir'];
    const native = await publicClient(server, { redirect_uris: [redirectUri] });
    await remember({ clientId: native.clientId, scopes, redirectUri });
    const page = await visitor.arrive(native, { scope: scopes.join(' '), redirect_uri: redirectUri });
    expect([page.location, page.text.includes('name="decision"')]).toEqual([null, true]);
  });
});
