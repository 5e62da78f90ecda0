import { examine } from '../../src/doctor/doctor.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { Browser } from '../support/browser.js';
import { approvedClient, getJson, type OAuthClient, OAuthClient as Client, postForm, signIn } from '../support/oauth-client.js';
import type { ScratchDatabase } from '../support/mariadb.js';
import { CLINICIAN, GONE, PATIENT } from '../support/people.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const IN_LATIN1 = ['users', 'users_secure', 'groups', 'gacl_aro', 'oauth_clients', 'oauth_trusted_user', 'api_token'];
const PATH = 'path-of-the-broken-client';
const TOKEN = 'token-of-the-broken-client';

/** An EHR that was made before its tables were in Unicode. */
async function useLatin1({ query }: ScratchDatabase): Promise<void> {
  for (const table of [...IN_LATIN1, 'api_refresh_token', 'log']) await query(`ALTER TABLE \`${table}\` CONVERT TO CHARACTER SET latin1`);
}

describe('Rows that nobody would write today', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer({ prepare: useLatin1 });
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  /** Runs statements as the EHR's own connections do: without the strict mode. */
  const damage = (...statements: ReadonlyArray<string | readonly [sql: string, values: readonly unknown[]]>): Promise<void> =>
    server.database.transaction(async (tx) => {
      if (TEST_DATABASE === 'mysql') await tx.query("SET SESSION sql_mode = ''");
      for (const statement of statements)
        await (typeof statement === 'string' ? tx.query(statement) : tx.query(statement[0], [...statement[1]]));
      if (TEST_DATABASE === 'mysql') await tx.query('SET SESSION sql_mode = @@GLOBAL.sql_mode');
    });

  const signInAs = async (person: { username: string; password: string; email?: string }): Promise<{ status: number; text: string }> => {
    const browser = new Browser(server.origin);
    return signIn(browser, await browser.open(client.authorizeUrl()), person);
  };

  it('give names with accents as they are, from tables in latin1', async () => {
    await damage(['UPDATE users SET fname = ?, lname = ?, street = ? WHERE id = 2', ['Zoë', 'Müller-Ångström', 'Straße 7']]);
    const tokens = await client.tokens({ scope: 'openid profile' });
    expect((await client.userinfo(tokens.access_token)).body).toMatchObject({ given_name: 'Zoë', family_name: 'Müller-Ångström' });
  });

  it('do not confuse people whose names differ by case, blanks or accents', async () => {
    await damage(
      "UPDATE users SET username = 'Clinician', active = 1 WHERE id = 4",
      "UPDATE users_secure SET username = 'Clinician' WHERE id = 4",
      "INSERT INTO `groups` (name, user) VALUES ('Default', 'Clinician')",
    );
    expect((await client.tokens({ scope: 'openid' })).access_token).toEqual(expect.any(String));
    const others = ['Clinician', 'CLINICIAN', 'clinician ', ' clinician', 'clinícian'];
    for (const username of others) {
      for (const password of username === 'Clinician' ? [CLINICIAN.password] : [CLINICIAN.password, GONE.password]) {
        expect(await signInAs({ username, password })).toMatchObject({
          status: 200,
          text: expect.stringContaining('could not sign you in'),
        });
      }
    }
  });

  it('let people in whose rows are full of NULL and of dates that never were', async () => {
    const zero = "'0000-00-00 00:00:00'";
    await damage(
      'UPDATE users SET fname = NULL, mname = NULL, lname = NULL, email = NULL, phone = NULL, street = NULL, npi = NULL WHERE id = 2',
      `UPDATE users_secure SET login_fail_counter = NULL, total_login_fail_counter = NULL, last_login_fail = ${zero}, last_update_password = ${zero} WHERE id = 2`,
      "UPDATE globals SET gl_value = ' 180 ' WHERE gl_name = 'password_expiration_days'",
      `UPDATE patient_data SET DOB = '0000-00-00', mname = '  ' WHERE pid = 1`,
    );
    const tokens = await client.tokens({ scope: 'openid profile email phone address' });
    const { status, body } = await client.userinfo(tokens.access_token);
    expect([status, body['sub'], Object.values(body).includes(null)]).toEqual([200, CLINICIAN.subject, false]);
    const patients = await approvedClient(server, { scope: 'openid profile patient/Patient.read' });
    const own = await patients.tokens({ scope: 'openid profile' }, PATIENT);
    expect((await patients.userinfo(own.access_token)).body).not.toHaveProperty('birthdate');
  });

  it('count a failure beside a last one that never was, and reads a limit with blanks around it', async () => {
    await damage("UPDATE globals SET gl_value = ' 2 ' WHERE gl_name = 'password_max_failed_logins'");
    server.clock.advance(6);
    for (let n = 0; n < 2; n += 1) await signInAs({ username: CLINICIAN.username, password: 'wrong' });
    expect((await signInAs(CLINICIAN)).text).toContain('could not sign you in');
    await damage('UPDATE users_secure SET login_fail_counter = 0 WHERE id = 2');
    expect((await signInAs(CLINICIAN)).text).toContain('Example app');
  });

  it('hold over several rows of one trust: one that counts is enough, and logout ends them all', async () => {
    const tokens = await client.tokens();
    const copy = `INSERT INTO oauth_trusted_user (user_id, client_id, scope, persist_login, session_cache, grant_type) VALUES (?, ?, NULL, NULL, ?, NULL)`;
    await damage(...[null, '', '{}'].map((cache) => [copy, [CLINICIAN.subject, client.clientId, cache]] as const));
    await damage("UPDATE api_token SET expiry = '0000-00-00 00:00:00'");
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(true);
    const again = await client.tokens();
    expect((await client.introspect(again.access_token)).body['active']).toBe(true);
    await fetch(`${server.issuer}/logout?id_token_hint=${again.id_token}`, { redirect: 'manual' });
    expect((await client.introspect(tokens.access_token)).body['active']).toBe(false);
    const rows = await server.database.query<unknown[]>('SELECT id FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    expect(rows).toEqual([]);
  });

  it.each([
    ['empty', "INSERT INTO oauth_clients (client_id, client_name, is_enabled) VALUES ('empty', '', 1)"],
    [
      'broken',
      `INSERT INTO oauth_clients (client_id, client_name, is_enabled, client_role, client_secret, redirect_uri, logout_redirect_uris, grant_types,
        scope, contacts, jwks, jwks_uri, register_date, registration_token, registration_uri_path)
       VALUES ('broken', '   ', 1, 'nobody', 'no blob', '|not a uri||https://[|javascript:alert(1)|', '||', '|', '   ', '|', '{"keys":[', 'nowhere',
        '2026-00-00 00:00:00', '${TOKEN}', '${PATH}')`,
    ],
  ])('answer clearly for a client whose row is %s', async (clientId, statement) => {
    await damage(statement);
    const odd = new Client(server, { client_id: clientId, client_secret: 'x' });
    const page = await new Browser(server.origin).open(odd.authorizeUrl());
    expect([400, 401]).toContain(page.status);
    expect(page.text).toContain('<html');
    const forms = { grant_type: 'authorization_code', code: 'x', redirect_uri: 'https://app.example/callback' };
    const answers = [
      await odd.introspect('x'),
      await postForm(`${server.issuer}/token`, { ...forms, client_id: clientId }),
      await getJson(`${server.issuer}/client/${PATH}`, { authorization: `Bearer ${TOKEN}` }),
    ];
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
    const preflight = await fetch(`${server.issuer}/token`, { method: 'OPTIONS', headers: { origin: 'https://elsewhere.example' } });
    expect(preflight.status).toBeLessThan(500);
  });

  it('are all looked at by the doctor', async () => {
    const { findings } = await examine(server.config, { clock: server.clock, random: new SystemRandom() }, { quick: true });
    const ids = findings.map(({ id }) => id);
    expect(ids.filter((id) => id.endsWith('.failed'))).toEqual([]);
    expect(ids).toEqual(expect.arrayContaining(['clients.redirect-uri', 'clients.scope']));
  });

  it('stay whole however long the text is that somebody sends', async () => {
    const long = 'x'.repeat(20_000);
    expect(await signInAs({ username: long, password: long })).toMatchObject({ status: 200 });
    const [line] = await server.database.query<Array<Record<string, unknown>>>('SELECT user FROM log ORDER BY id DESC LIMIT 1');
    expect(String(line?.['user'])).toHaveLength(255);
    expect((await client.tokens({ state: 'é'.repeat(100), nonce: long.slice(0, 400) })).access_token).toEqual(expect.any(String));
  });
});
