import { Browser } from '../support/browser.js';
import { approvedClient, getJson, type JsonAnswer, type OAuthClient, postForm, postJson } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPE = 'openid offline_access api:oemr api:fhir';
const STAFF = { username: CLINICIAN.username, password: CLINICIAN.password, user_role: 'users' };
const PORTAL = { username: PATIENT.username, password: PATIENT.password, user_role: 'patient', email: PATIENT.email };
const CALLBACK = 'https://app.example/callback';

type Fields = Readonly<Record<string, string | undefined>>;

/** A row of the EHR's settings, and what people and apps see of it. */
interface Effect {
  /** The row, or rows that only mean something together. */
  readonly rows: Readonly<Record<string, string>>;
  readonly what: string;
  /** Makes the ground on which the row shows, each time anew; most need none. */
  readonly prepare?: () => Promise<unknown>;
  readonly see: () => Promise<unknown>;
  readonly before: unknown;
  readonly after: unknown;
}

describe(`Settings of the EHR, changed while the server runs (${TEST_DATABASE})`, () => {
  let server: TestServer;
  let client: OAuthClient;
  let untouched: ReadonlyMap<string, string>;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const ask = (fields: Fields): Promise<JsonAnswer> =>
    postForm(`${server.issuer}/token`, { grant_type: 'password', scope: SCOPE, ...client.credentials, ...fields });
  const outcome = async (fields: Fields): Promise<unknown> => (await ask(fields)).body.error ?? 'tokens';
  const hashOf = async (): Promise<string> => {
    await ask(STAFF);
    const [row] = await run<{ password: string }>("SELECT password FROM users_secure WHERE username = 'clinician'");
    return (
      /^\$(2y\$\d+|argon2id\$v=19\$m=\d+,t=\d+,p=\d+|argon2i\$v=19\$m=\d+,t=\d+,p=\d+|6\$rounds=\d+)/.exec(row?.password ?? '')?.[0] ?? ''
    );
  };
  const failures = (count: number, secondsAgo: number): Promise<unknown> =>
    run("UPDATE users_secure SET login_fail_counter = ?, last_login_fail = ? WHERE username = 'clinician'", [count, ago(secondsAgo)]);
  const failuresHere = async (count: number, secondsAgo: number): Promise<unknown> => {
    await ask({ ...STAFF, password: 'wrong' }); // makes the row
    return run('UPDATE ip_tracking SET ip_login_fail_counter = ?, ip_last_login_fail = ?', [count, ago(secondsAgo)]);
  };
  /** As the EHR writes it; the demo site's zone is UTC. */
  const ago = (seconds: number): string =>
    new Date(server.clock.now().getTime() - seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const statusOf = async (path: string): Promise<number> => (await getJson(`${server.origin}${path}`)).status;
  const discovery = (): Promise<number> => statusOf('/oauth2/default/.well-known/openid-configuration');
  const signInRoles = async (): Promise<string[]> => {
    const page = await new Browser(server.origin).open(client.authorizeUrl({ scope: 'openid api:fhir' }));
    return ['users', 'patient'].filter((role) => page.text.includes(`value="${role}"`));
  };
  const register = async (metadata: Record<string, unknown> = {}): Promise<JsonAnswer> =>
    postJson(`${server.issuer}/registration`, {
      ...{ application_type: 'public', client_name: 'App', redirect_uris: [CALLBACK], scope: 'openid' },
      ...metadata,
    });
  /** Whether somebody who signed in so many seconds ago is still signed in. */
  const isSignedInAfter = async (person: typeof CLINICIAN | typeof PATIENT, seconds: number): Promise<boolean> => {
    const visitor = new Visitor(server, person);
    await visitor.code(client, { scope: 'openid' });
    server.clock.advance(seconds);
    const page = await visitor.browser.open(client.authorizeUrl({ scope: 'openid' }));
    return !page.text.includes('name="password"');
  };

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: SCOPE });
    const rows = await run<{ gl_name: string; gl_value: string }>('SELECT gl_name, gl_value FROM globals');
    untouched = new Map(rows.map((row) => [row.gl_name, row.gl_value]));
  });

  afterAll(() => server.stop());

  beforeEach(async () => {
    await setGlobal(server, 'oauth_password_grant', '3');
    await run(
      "UPDATE users_secure SET login_fail_counter = 0, last_login_fail = NULL, last_update_password = ? WHERE username = 'clinician'",
      [ago(60)],
    );
    await run('DELETE FROM ip_tracking');
  });

  afterEach(async () => {
    for (const [name, value] of untouched) await run('UPDATE globals SET gl_value = ? WHERE gl_name = ?', [value, name]);
    server.clock.advance(6);
  });

  const EFFECTS: readonly Effect[] = [
    {
      rows: { rest_api: '0', rest_fhir_api: '0', rest_portal_api: '0' },
      what: 'close every endpoint',
      see: () => Promise.all([discovery(), statusOf('/oauth2/default/jwk'), statusOf('/health/live')]),
      ...{ before: [200, 200, 200], after: [404, 404, 200] },
    },
    {
      rows: { rest_fhir_api: '0', rest_portal_api: '0' },
      what: 'keep patients from signing in',
      see: () => Promise.all([signInRoles(), outcome(PORTAL), outcome(STAFF)]),
      ...{ before: [['users', 'patient'], 'tokens', 'tokens'], after: [['users'], 'invalid_grant', 'tokens'] },
    },
    {
      rows: { oauth_password_grant: '2' },
      what: 'say who may use the password grant',
      see: () => Promise.all([outcome(STAFF), outcome(PORTAL)]),
      ...{ before: ['tokens', 'tokens'], after: ['invalid_grant', 'tokens'] },
    },
    {
      rows: { oauth_app_manual_approval: '1' },
      what: 'make new clients wait',
      see: async () => {
        const { client_id } = (await register()).body;
        const [row] = await run<{ is_enabled: number }>('SELECT is_enabled FROM oauth_clients WHERE client_id = ?', [client_id]);
        return Number(row?.is_enabled);
      },
      ...{ before: 1, after: 0 },
    },
    {
      rows: { rest_system_scopes_api: '1' },
      what: 'let scopes without a user be registered',
      see: async () => {
        const jwks = { keys: [{ kty: 'RSA', n: 'u1W8Aw', e: 'AQAB' }] };
        const answer = await register({ application_type: 'private', scope: 'system/Patient.read', jwks });
        return answer.status;
      },
      ...{ before: 400, after: 201 },
    },
    {
      rows: { password_max_failed_logins: '3' },
      what: 'lock an account',
      prepare: () => failures(3, 10),
      see: () => outcome(STAFF),
      ...{ before: 'tokens', after: 'invalid_grant' },
    },
    {
      rows: { time_reset_password_max_failed_logins: '60' },
      what: 'unlock an account',
      prepare: () => failures(20, 300),
      see: () => outcome(STAFF),
      ...{ before: 'invalid_grant', after: 'tokens' },
    },
    {
      rows: { ip_max_failed_logins: '3' },
      what: 'lock an address',
      prepare: () => failuresHere(3, 10),
      see: () => outcome(STAFF),
      ...{ before: 'tokens', after: 'invalid_grant' },
    },
    {
      rows: { ip_time_reset_password_max_failed_logins: '60' },
      what: 'unlock an address',
      prepare: () => failuresHere(100, 300),
      see: () => outcome(STAFF),
      ...{ before: 'invalid_grant', after: 'tokens' },
    },
    {
      rows: { password_expiration_days: '10', password_grace_time: '5' },
      what: 'let passwords expire',
      prepare: () => run("UPDATE users_secure SET last_update_password = ? WHERE username = 'clinician'", [ago(20 * 86_400)]),
      see: () => outcome(STAFF),
      ...{ before: 'tokens', after: 'invalid_grant' },
    },
    {
      rows: { enforce_signin_email: '0' },
      what: 'stop comparing the e-mail address of patients',
      see: () => outcome({ ...PORTAL, email: 'other@example.org' }),
      ...{ before: 'invalid_grant', after: 'tokens' },
    },
    { rows: { gbl_auth_bcrypt_hash_cost: '5' }, what: 'set the cost of hashes', see: hashOf, before: '$2y$10', after: '$2y$05' },
    {
      rows: { gbl_auth_hash_algo: 'SHA512HASH', gbl_auth_sha512_rounds: '1000' },
      what: 'choose SHA-512 for passwords',
      see: hashOf,
      ...{ before: '$2y$10', after: '$6$rounds=1000' },
    },
    {
      rows: {
        gbl_auth_hash_algo: 'ARGON2ID',
        ...{ gbl_auth_argon_hash_memory_cost: '1024', gbl_auth_argon_hash_time_cost: '2', gbl_auth_argon_hash_thread_cost: '1' },
      },
      what: 'choose Argon2 for passwords',
      see: hashOf,
      ...{ before: '$2y$10', after: '$argon2id$v=19$m=1024,t=2,p=1' },
    },
    {
      rows: { timeout: '300' },
      what: 'say how long staff stay signed in without use',
      see: () => isSignedInAfter(CLINICIAN, 400),
      ...{ before: true, after: false },
    },
    {
      rows: { portal_timeout: '300' },
      what: 'say how long patients stay signed in without use',
      see: () => isSignedInAfter(PATIENT, 400),
      ...{ before: true, after: false },
    },
    {
      rows: { timeout: '0', portal_timeout: 'soon' },
      what: 'mean nothing where they are no time',
      see: async () => [await isSignedInAfter(CLINICIAN, 7100), await isSignedInAfter(PATIENT, 1700)],
      ...{ before: [true, true], after: [true, true] },
    },
    {
      rows: { openemr_name: 'Riverside' },
      what: 'name the clinic on pages',
      see: async () => (await new Browser(server.origin).open(client.authorizeUrl())).text.includes('Riverside'),
      ...{ before: false, after: true },
    },
  ];

  it.each(EFFECTS)('$rows $what', async ({ rows, prepare, see, before, after }) => {
    await prepare?.();
    expect(await see()).toEqual(before);
    await prepare?.();
    for (const [name, value] of Object.entries(rows)) await setGlobal(server, name, value);
    expect(await see()).toEqual(after);
  });
});
