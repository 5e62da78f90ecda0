import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { examine, type Report } from '../../src/doctor/doctor.js';
import { verdictOf } from '../../src/doctor/report.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { readColumns } from '../../src/platform/database/table-columns.query.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const ADDRESS = 'https://emr.example.org';
const DAY = 86_400_000;
const CONFIDENTIAL = 'demo-confidential-client-0000000000000000001';
const ENV = { PUBLIC_URL: ADDRESS, CHARTKEY_SWAGGER_CLIENT: 'off' };

/** Something that is wrong with a database or a site folder, and the one finding that says so. */
interface Damage {
  readonly what: string;
  readonly finding: string;
  readonly inflict: (server: TestServer) => Promise<unknown> | void;
}

const sql =
  (statement: string, values: readonly unknown[] = []) =>
  (server: TestServer): Promise<unknown> =>
    server.database.query(statement, [...values]);

const setGlobal = (name: string, value: string) => sql('UPDATE globals SET gl_value = ? WHERE gl_name = ?', [value, name]);

/** Where the site keeps the files of its keys. */
const siteDir = ({ config }: TestServer): string => config.ehrSiteDir ?? join(config.dataDir, 'embedded-site');

const expireSession = ({ database, clock }: TestServer): Promise<unknown> => {
  const ago = clock.now().getTime() - 3 * DAY;
  return database.getRepository('Session').insert({
    id: 'x',
    sid: 'x',
    subject: 'x',
    role: 'users',
    username: 'x',
    authTime: new Date(ago),
    amr: ['pwd'],
    createdAt: new Date(ago),
    lastSeenAt: new Date(ago),
    expiresAt: new Date(ago),
  });
};

const DAMAGES: readonly Damage[] = [
  {
    what: 'a key file is missing',
    finding: 'keys.missing',
    inflict: (server) => rmSync(join(siteDir(server), 'documents/logs_and_misc/methods/sevena')),
  },
  {
    what: 'a key in the database is another one',
    finding: 'keys.wrong',
    inflict: sql("UPDATE `keys` SET value = ? WHERE name = 'sevenb'", [Buffer.alloc(32, 7).toString('base64')]),
  },
  {
    what: 'a certificate file is missing',
    finding: 'keys.signer',
    inflict: (server) => rmSync(join(siteDir(server), 'documents/certificates/oapublic.key')),
  },
  {
    what: 'a client secret was sealed with other keys',
    finding: 'client-secrets.closed',
    inflict: sql('UPDATE oauth_clients SET client_secret = ? WHERE client_id = ?', [
      `007${Buffer.alloc(96, 1).toString('base64')}`,
      CONFIDENTIAL,
    ]),
  },
  { what: 'an active user has no group', finding: 'people.group', inflict: sql("DELETE FROM `groups` WHERE user = 'clinician'") },
  {
    what: 'an active user has no access group',
    finding: 'people.access-group',
    inflict: sql("DELETE FROM gacl_groups_aro_map WHERE aro_id IN (SELECT id FROM gacl_aro WHERE value = 'clinician')"),
  },
  {
    what: 'a password is stored in an unknown form',
    finding: 'people.password-form',
    inflict: sql("UPDATE users_secure SET password = '$2b$10$something' WHERE username = 'clinician'"),
  },
  {
    what: 'a password has expired',
    finding: 'people.password-expired',
    inflict: sql("UPDATE users_secure SET last_update_password = '2001-01-01 00:00:00' WHERE username = 'clinician'"),
  },
  {
    what: 'an authenticator secret is broken',
    finding: 'second-factors.closed',
    inflict: sql("UPDATE login_mfa_registrations SET var1 = '007AAAA' WHERE method = 'TOTP'"),
  },
  {
    what: 'the site address is plain http',
    finding: 'settings.site-address-http',
    inflict: setGlobal('site_addr_oath', 'http://emr.example.org'),
  },
  {
    what: 'the site address is another one',
    finding: 'settings.site-address-differs',
    inflict: setGlobal('site_addr_oath', 'https://old.example.org'),
  },
  { what: 'the site address is empty', finding: 'settings.site-address-missing', inflict: setGlobal('site_addr_oath', '') },
  { what: 'an API that clients ask for is off', finding: 'settings.api-off', inflict: setGlobal('rest_fhir_api', '0') },
  { what: 'the password grant is on', finding: 'settings.password-grant', inflict: setGlobal('oauth_password_grant', '1') },
  {
    what: 'a client is served as the EHR did',
    finding: 'compatibility.client.token-without-secret',
    inflict: sql('INSERT INTO oauth2_client_compatibility (client_id, switch, allowed_at) VALUES (?, ?, 0)', [
      CONFIDENTIAL,
      'token-without-secret',
    ]),
  },
  {
    what: 'a client waits for approval',
    finding: 'clients.pending',
    inflict: sql('UPDATE oauth_clients SET is_enabled = 0 WHERE client_id = ?', [CONFIDENTIAL]),
  },
  {
    what: 'a redirect URI is broken',
    finding: 'clients.redirect-uri',
    inflict: sql("UPDATE oauth_clients SET redirect_uri = 'http://app.example.org/cb' WHERE client_id = ?", [CONFIDENTIAL]),
  },
  {
    what: 'a client has no scopes',
    finding: 'clients.scope',
    inflict: sql("UPDATE oauth_clients SET scope = '' WHERE client_id = ?", [CONFIDENTIAL]),
  },
  {
    what: 'programs may act and have no account',
    finding: 'services.account',
    inflict: async (server) => {
      await setGlobal('rest_system_scopes_api', '1')(server);
      await sql("DELETE FROM users WHERE username = 'oe-system'")(server);
    },
  },
  { what: 'a table of the EHR lacks a column', finding: 'tables.ehr', inflict: sql('ALTER TABLE users DROP COLUMN npi') },
  { what: 'a table of our own is gone', finding: 'tables.own', inflict: sql('DROP TABLE oauth2_lease') },
  { what: 'a row expired long ago', finding: 'cleanup.overdue', inflict: expireSession },
];

/** What it found that is not as it should be. */
const faultsOf = ({ findings }: Report): Report['findings'] => findings.filter(({ level }) => level === 'warning' || level === 'error');

describe(`chartkey doctor (${TEST_DATABASE})`, () => {
  let server: TestServer;

  const look = (quick: boolean): Promise<Report> => examine(server.config, { clock: server.clock, random: new SystemRandom() }, { quick });

  const countRows = async (): Promise<Record<string, number>> => {
    const tables = [...(await readColumns(server.database)).keys()].filter((table) => !table.startsWith('sqlite_')).sort(); // SQLite's own counters
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const [row] = await server.database.query<Array<{ rows_there: unknown }>>(`SELECT count(*) AS rows_there FROM \`${table}\``);
      counts[table] = Number(row?.rows_there);
    }
    return counts;
  };

  beforeEach(async () => {
    server = await startServer({ env: ENV });
    await setGlobal('oauth_password_grant', '0')(server);
    await setGlobal('site_addr_oath', ADDRESS)(server);
  });

  afterEach(() => server.stop());

  it('finds nothing wrong with a healthy database, and tries the whole life of a token there without leaving a row', async () => {
    const before = await countRows();
    const report = await look(false);
    expect(faultsOf(report)).toEqual([]);
    expect(report.skipped).toEqual([]);
    expect(verdictOf(report)).toBe('fine');
    expect(report.findings).toContainEqual(expect.objectContaining({ id: 'full-loop', level: 'ok' }));
    expect(report.findings).toContainEqual(
      expect.objectContaining({ id: 'password-hashes.forms', finding: expect.stringMatching(/bcrypt 6$/) as string }),
    );
    expect(await countRows()).toEqual(before);
    expect(before).toMatchObject({ oauth_clients: expect.any(Number) as number, log: expect.any(Number) as number });
  });

  it('leaves out the slow checks when asked to be quick', async () => {
    const ids = (await look(true)).findings.map(({ id }) => id);
    expect(ids).toContain('people');
    expect(ids.filter((id) => /^(full-loop|password-hashes)/.test(id))).toEqual([]);
  });

  it.each(DAMAGES)('says what is wrong, once, and what to do next when $what: $finding', async ({ finding, inflict }) => {
    await inflict(server);
    const report = await look(true);
    const faults = faultsOf(report);
    expect(faults.map(({ id }) => id)).toEqual([finding]);
    expect(faults[0]).toMatchObject({ reason: expect.stringMatching(/\w/) as string, nextStep: expect.stringMatching(/\w/) as string });
    expect(verdictOf(report)).toBe('found');
  });

  it('names keys and clients, never a value', async () => {
    const sealed = `007${Buffer.alloc(96, 1).toString('base64')}`;
    await sql('UPDATE oauth_clients SET client_secret = ? WHERE client_id = ?', [sealed, CONFIDENTIAL])(server);
    const text = JSON.stringify(await look(true));
    expect(text).toContain(CONFIDENTIAL);
    expect(text).toContain(`tried keys sevena and sevenb of the folder ${siteDir(server)}`);
    expect(text).not.toContain(sealed);
    expect(text).not.toContain('$2y$');
  });
});

describe('chartkey doctor without a database', () => {
  it('says so and makes none', async () => {
    const config = loadConfig({ CHARTKEY_DATA_DIR: '/nonexistent/chartkey' });
    const report = await examine(config, { clock: { now: () => new Date() }, random: new SystemRandom() }, { quick: true });
    expect(report.findings).toMatchObject([{ id: 'database.unreachable', level: 'error' }]);
    expect(verdictOf(report)).toBe('failed');
  });

  it('says so when the server does not answer, without the password', async () => {
    const config = loadConfig({ DATABASE_URL: 'mysql://somebody:hidden-word@127.0.0.1:1/openemr', PUBLIC_URL: ADDRESS });
    const report = await examine(config, { clock: { now: () => new Date() }, random: new SystemRandom() }, { quick: true });
    expect(report.findings.map(({ id }) => id)).toEqual(['database.unreachable']);
    expect(JSON.stringify(report)).not.toContain('hidden-word');
    expect(verdictOf(report)).toBe('failed');
  });
});
