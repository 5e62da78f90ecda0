import { examine } from '../../src/doctor/doctor.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import { backendService } from '../support/backend-service.js';
import { Browser } from '../support/browser.js';
import { EhrServer } from '../support/ehr-server.js';
import { approvedClient, type OAuthClient, registerClient, type Tokens } from '../support/oauth-client.js';
import { makeOlder, OLDER_RELEASES } from '../support/older-schemas.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

/** The embedded demo EHR has one schema, that of today. */
const RELEASES = TEST_DATABASE === 'mysql' ? OLDER_RELEASES : ['8.2'];
/** Release of each table or column that the server can do without. */
const LATER = ['7.0.3', '7.0.3', '7.0.2', '7.0.2', '7.0.2', '7.0.2', '7.0.2', '7.0.0', '6.1', '6.1', '6.1'];
const isOlder = (release: string, other: string): boolean => release.localeCompare(other, 'en', { numeric: true }) < 0;

describe.each(RELEASES)('On the schema of release %s', (release) => {
  let server: TestServer;
  let client: OAuthClient;
  const lacks = (since: string): boolean => isOlder(release, since);

  beforeAll(async () => {
    server = await startServer({ prepare: (database) => makeOlder(database, release) });
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const rowsOf = (sql: string): Promise<Array<Record<string, unknown>>> => server.database.query(sql);
  const areActive = (...tokens: Array<string | undefined>): Promise<unknown[]> =>
    Promise.all(tokens.map(async (token) => (await client.introspect(token)).body['active']));
  const successes = (answers: ReadonlyArray<{ status: number }>): number => answers.filter(({ status }) => status === 200).length;

  it('issues tokens, refreshes them once of many times, and ends the family then', async () => {
    const first = await client.tokens();
    expect(await client.userinfo(first.access_token)).toMatchObject({ status: 200, body: { sub: CLINICIAN.subject } });
    const second = (await client.refresh(first.refresh_token)).body as unknown as Tokens;
    expect(await areActive(first.access_token, second.access_token, second.refresh_token)).toEqual([false, true, true]);
    const answers = await Promise.all(Array.from({ length: 4 }, () => client.refresh(second.refresh_token)));
    expect([successes(answers), answers.every(({ status }) => status === 200 || status === 400)]).toEqual([1, true]);
    expect((await client.refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('revokes one access token so that the API of that release refuses it, and then the grant', async () => {
    const tokens = await client.tokens();
    expect((await client.revoke(tokens.access_token)).status).toBe(200);
    const [row] = await rowsOf('SELECT * FROM api_token ORDER BY id DESC LIMIT 1');
    expect(row).toMatchObject(lacks('6.1') ? { expiry: '1970-01-02 00:00:00' } : { revoked: 1 });
    expect(await areActive(tokens.access_token, tokens.refresh_token)).toEqual([false, true]);
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.revoke(tokens.refresh_token)).status).toBe(200);
    expect(await areActive(tokens.refresh_token)).toEqual([false]);
  });

  it('ends everything at logout', async () => {
    const browser = new Browser(server.origin);
    const tokens = await client.tokens({}, CLINICIAN, browser);
    await browser.open(`${server.issuer}/logout?id_token_hint=${tokens.id_token}`);
    expect(await areActive(tokens.access_token, tokens.refresh_token)).toEqual([false, false]);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('registers decision support where the EHR has a place for it, and ignores it elsewhere', async () => {
    const dsi = { dsi_type: 'evidence', dsi_source_attributes: [{ name: 'evidence_based_author', value: 'Dr. A' }] };
    const { registration } = await registerClient(server, dsi);
    expect(registration).toMatchObject(lacks('7.0.3') ? { dsi_type: 'none' } : dsi);
    expect('dsi_source_attributes' in registration).toBe(!lacks('7.0.3'));
  });

  it('counts wrong passwords by person and by address, and holds to limits of its own where the EHR has none', async () => {
    const browser = new Browser(server.origin);
    const page = await browser.open(client.authorizeUrl());
    await browser.submit(page, { username: CLINICIAN.username, password: 'wrong', user_role: 'users' });
    expect(await rowsOf('SELECT login_fail_counter AS n FROM users_secure WHERE id = 2')).toEqual([{ n: 1 }]);
    if (!lacks('7.0.2')) {
      expect(await rowsOf('SELECT ip_login_fail_counter + 0 AS n FROM ip_tracking')).toEqual([{ n: TEST_DATABASE === 'mysql' ? '1' : 1 }]);
      return;
    }
    const now = server.clock.now().getTime();
    await rowsOf(`UPDATE oauth2_address_failure SET failures = failures + 99, last_failure_at = ${now} WHERE failures = 1`);
    await expect(client.authorize()).rejects.toThrow('We could not sign you in');
    server.clock.advance(3601);
    expect((await client.authorize()).get('code')).toEqual(expect.any(String));
    expect(await rowsOf('SELECT login_fail_counter AS n FROM users_secure WHERE id = 2')).toEqual([{ n: 0 }]);
  });

  it('exchanges a refresh token of its own server once, and ends one that is revoked unused', async () => {
    const ehr = ehrOf(server, release);
    const facts = { clientId: client.clientId, subject: CLINICIAN.subject, scopes: ['openid', 'offline_access', 'api:oemr'] };
    const issued = await ehr.issue(facts);
    expect(successes(await Promise.all(Array.from({ length: 3 }, () => client.refresh(issued.refreshToken))))).toBe(1);
    expect((await client.refresh(issued.refreshToken)).body.error).toBe('invalid_grant');
    const unused = await ehr.issue(facts);
    expect((await client.revoke(unused.refreshToken)).status).toBe(200);
    expect((await client.refresh(unused.refreshToken)).body.error).toBe('invalid_grant');
    expect(await areActive(unused.accessToken)).toEqual([false]);
  });

  it('takes the assertion of a client once, with and without the table of the EHR for that', async () => {
    const service = await backendService(server);
    const assertion = await service.assertion();
    const answers = [await service.ask({}, assertion), await service.ask({}, assertion)];
    expect(answers.map(({ status }) => status)).toEqual([200, 401]);
    expect(await service.introspect(answers[0]?.body['access_token'])).toMatchObject({ body: { active: true } });
  });

  it('has the doctor say what is absent and what that means, and find nothing worse', async () => {
    const { findings } = await examine(server.config, { clock: server.clock, random: new SystemRandom() }, { quick: false });
    expect(findings.filter(({ id, level }) => id === 'tables.older' && level === 'info')).toHaveLength(LATER.filter(lacks).length);
    expect(findings.filter(({ id, level }) => level === 'error' && /^(tables|rights|full-loop|cleanup)/.test(id))).toEqual([]);
    expect(findings.find(({ id }) => id === 'full-loop')).toMatchObject({ level: 'ok' });
  });
});

/** The EHR's own server, writing rows as that release does. */
function ehrOf({ app, clock, database }: TestServer, release: string): EhrServer {
  return new EhrServer({
    site: app.get(EhrSite),
    clock,
    query: (sql, values) => {
      if (isOlder(release, '6.1') && sql.includes('api_refresh_token')) return Promise.resolve([]);
      const isWithoutContext = isOlder(release, '7.0.0') && sql.includes('scope, context');
      if (!isWithoutContext) return database.query(sql, values);
      return database.query(sql.replace(', context)', ')').replace(', ?)', ')'), values.slice(0, -1));
    },
  });
}
