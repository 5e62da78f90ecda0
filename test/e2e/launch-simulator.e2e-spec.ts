import { LAUNCH_SIMULATOR_CLIENT_ID } from '../../src/platform/web/launch-simulator-address.js';
import { type Answer, Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient, publicClient, signIn } from '../support/oauth-client.js';
import { offeredNames } from '../support/patient-picking.js';
import { CLINICIAN, PATIENT, PENDING_PATIENT } from '../support/people.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPE = 'openid launch launch/patient patient/Patient.rs';
/** The demo EHR is open to everyone; that of a clinic is not. */
const IS_DEMO = TEST_DATABASE === 'embedded';

describe(`The launch simulator (${TEST_DATABASE})`, () => {
  let server: TestServer;
  let app: OAuthClient;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_LAUNCH_SIMULATOR: 'on' } });
    app = await approvedClient(server, { client_name: 'Growth', scope: SCOPE, initiate_login_uri: 'https://app.example/launch?from=ehr' });
  });
  afterAll(() => server.stop());
  beforeEach(() => (browser = new Browser(server.origin)));

  /** Opens the page, signing in where that is asked for. */
  const enter = async (person: Parameters<typeof signIn>[2] = CLINICIAN): Promise<Answer> => {
    const page = await browser.open(`${server.origin}/launch`);
    return IS_DEMO ? page : signIn(browser, page, person);
  };
  const start = async (fields: Record<string, string | undefined>): Promise<Answer> =>
    browser.submit(await enter(), { app: app.clientId, user: 'clinician', patient: '1', ...fields });
  const launchOf = ({ text }: Answer): string => {
    const [, href = ''] = /<a class="button button-primary" href="([^"]+)" target="_blank"/.exec(text) ?? [];
    return new URL(href.replaceAll('&amp;', '&')).searchParams.get('launch') ?? '';
  };
  const tokensFor = (launch: string, person: typeof CLINICIAN | typeof PATIENT): Promise<object> =>
    new Visitor(server, person).tokens(app, { scope: SCOPE, aud: server.config.fhirUrl, launch });
  const auditLines = async (): Promise<string[]> => {
    const sql = "SELECT comments FROM log WHERE event = 'oauth2' ORDER BY id DESC LIMIT 20";
    const rows = await server.database.query<Array<{ comments: string }>>(sql);
    return rows.map(({ comments }) => Buffer.from(comments, 'base64').toString('utf8'));
  };

  it('is nowhere, and its app cannot be used, unless it is switched on', async () => {
    const off = await startServer({ env: { CHARTKEY_LAUNCH_SIMULATOR: IS_DEMO ? 'off' : 'auto' } });
    try {
      const visitor = new Browser(off.origin);
      for (const path of ['/launch', '/launch/callback']) expect((await visitor.get(path)).status).toBe(404);
      expect((await visitor.post('/launch', { kind: 'chart' })).status).toBe(404);
      expect((await visitor.get('/')).text).not.toContain('href="/launch"');
      const query = new URLSearchParams({ client_id: LAUNCH_SIMULATOR_CLIENT_ID, response_type: 'code', scope: 'openid' });
      const { status, text } = await visitor.get(`${off.issuer}/authorize?${query.toString()}`);
      expect([[400, 401].includes(status), text.includes('name="password"')]).toEqual([true, false]);
    } finally {
      await off.stop();
    }
  });

  it('is open to everyone on the demo EHR, and else to staff who may see patients', async () => {
    const page = await enter();
    expect([page.status, page.url]).toEqual([200, `${server.origin}/launch`]);
    expect(offeredNames(page)).toEqual(IS_DEMO ? ['Phil Patient', 'Pia Pending'] : []);
    browser = new Browser(server.origin);
    expect((await enter(PATIENT)).status).toBe(IS_DEMO ? 200 : 403);
    await server.database.query('UPDATE gacl_acl SET enabled = 0 WHERE id = 11');
    browser = new Browser(server.origin);
    expect((await enter()).status).toBe(IS_DEMO ? 200 : 403);
    await server.database.query('UPDATE gacl_acl SET enabled = 1 WHERE id = 11');
    expect((await new Browser(server.origin).get('/')).text).toContain('href="/launch"');
  });

  it('finds patients, in the audit log and not in an address, and keeps what was chosen', async () => {
    const page = await browser.submit(await enter(), { find: '1', search: 'pend', user: 'admin', patient: '1', app: app.clientId });
    expect(page.url).toBe(`${server.origin}/launch`);
    expect(offeredNames(page)).toEqual(['Phil Patient', 'Pia Pending']); // the one who was chosen stays
    expect(page.text).toContain('1 patient found');
    expect(page.text).toMatch(/name="user"[^>]*value="admin"/);
    expect((await auditLines())[0]).toMatch(/^OAuth2 patient search success: 127\.0\.0\.1\. launch simulator, 1 found: "pend"$/);
  });

  it('starts an app of somebody else for the person and the patient that were chosen', async () => {
    const page = await start({});
    const launch = launchOf(page);
    expect(page.text).toContain(`--data-urlencode 'app=${app.clientId}'`);
    expect(await auditLines()).toContainEqual(
      expect.stringMatching(/^OAuth2 app launch success: .* the launch simulator.* started client .* for clinician$/),
    );
    expect(await tokensFor(launch, CLINICIAN)).toMatchObject({ patient: PATIENT.subject });
    await expect(tokensFor(launch, CLINICIAN)).rejects.toThrow('used+before');
  });

  it('opens to a patient their own record, whatever was chosen', async () => {
    const launch = launchOf(await start({ user: PATIENT.username, patient: '2' }));
    expect(await tokensFor(launch, PATIENT)).toMatchObject({ patient: PATIENT.subject });
  });

  it('tells how to start an app that has no address for it, and one that starts on its own', async () => {
    const without = await approvedClient(server, { scope: SCOPE });
    const registering = 'UPDATE oauth_clients SET initiate_login_uri = ? WHERE client_id = ?';
    expect((await start({ app: without.clientId })).text).toMatch(/registered no address[\s\S]*(&quot;|")launch(&quot;|"): /);
    await server.database.query(registering, ['javascript:alert(1)', without.clientId]);
    expect((await start({ app: without.clientId })).text).not.toContain('href="javascript:');
    const own = await start({ kind: 'patient' });
    expect(own.text).toContain('started on its own');
    expect(own.text).toContain(`${server.config.fhirUrl}/.well-known/smart-configuration`);
  });

  it.each<[string, Record<string, string>, string]>([
    ['an app that is not there', { app: '', other_app: 'nobody' }, 'There is no such app'],
    ['nobody', { user: '' }, 'Nobody with this login name'],
    ['a patient who has no account yet', { user: PENDING_PATIENT.username }, 'Nobody with this login name'],
    ['a record that is not there', { patient: '999' }, 'There is no such record'],
    ['what is no record', { patient: '1 OR 1=1' }, 'There is no such record'],
  ])('does not start %s', async (_what, fields, said) => {
    const page = await start(fields);
    expect([page.status, page.text.includes('The app was not started'), page.text.includes(said)]).toEqual([200, true, true]);
  });

  it('does not start an app from the chart that has not asked for that', async () => {
    const { clientId } = await publicClient(server);
    expect((await start({ app: clientId })).text).toContain('so that it cannot be started from the chart');
  });

  it('takes only its own form', async () => {
    await enter();
    const answer = await browser.post('/launch', { kind: 'chart', app: app.clientId, csrf_token: 'x' });
    expect(answer.status).toBe(403);
    expect((await browser.post('/launch', 'kind=chart&kind=plain')).status).toBe(403);
  });
});
