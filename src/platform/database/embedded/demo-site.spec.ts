import { verify } from '@node-rs/bcrypt';
import Database from 'libsql';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isArrayBuffer } from 'node:util/types';
import { readEhrStatements, readEhrTables } from '../../../../test/support/ehr-schema-file.js';
import { DEMO_CLIENTS, DEMO_PEOPLE, demoSite } from './demo-site.js';
import { demoTable, type DemoTable } from './demo-table.js';
import { EHR_BASELINE } from './ehr-baseline.js';

type Row = Record<string, unknown>;

const NOW = '2026-01-02 03:04:05';
const ADDRESS = 'http://localhost:3000';
const TABLES = readEhrTables().map((table) => table.name);
/** Sealed with keys that each installation makes for itself, or told by the installation: what the two sites may differ in. */
const OWN: Readonly<Record<string, readonly string[]>> = { login_mfa_registrations: ['var1'], oauth_clients: ['client_secret'] };

const folder = mkdtempSync(join(tmpdir(), 'demo-site-'));
const ours = new Database(join(folder, 'ours.sqlite'));
const theirs = new Database(join(folder, 'theirs.sqlite'));
const site = demoSite(
  { totpSecret: (secret) => `totp<${secret}>`, clientSecret: (secret) => `client<${secret}>` },
  { siteAddress: ADDRESS, timeZone: 'UTC', now: NOW },
);

beforeAll(() => {
  for (const statement of EHR_BASELINE) ours.exec(statement);
  for (const { table, rows } of site) for (const row of rows) insert(table, row);
  // The EHR's demo site, as if it were made in this moment.
  for (const statement of EHR_BASELINE) theirs.exec(statement.replaceAll('CURRENT_TIMESTAMP', `'${NOW}'`));
  const filling = readEhrStatements().filter((statement) => /^(INSERT|UPDATE) /.test(statement));
  for (const statement of filling) theirs.exec(statement.replaceAll('NOW()', `'${NOW}'`));
});

afterAll(() => {
  ours.close();
  theirs.close();
  rmSync(folder, { recursive: true });
});

function insert(table: string, row: DemoTable['rows'][number]): void {
  const names = Object.keys(row).map((name) => `"${name}"`);
  ours.prepare(`INSERT INTO "${table}" (${names.join()}) VALUES (${names.map(() => '?').join()})`).run(...Object.values(row));
}

/** All rows of a table, in an order that does not depend on how they were inserted, and without what is an installation's own. */
function content(database: Database.Database, table: string): Row[] {
  const rows = database.prepare(`SELECT * FROM "${table}"`).all() as Row[];
  return rows
    .map((row) => {
      const own = OWN[table] ?? [];
      const shared = Object.entries(row).filter(([column, value]) => value === null || !own.includes(column));
      return Object.fromEntries(
        shared.map(([column, value]) => [column, isArrayBuffer(value) ? Buffer.from(value).toString('hex') : value]),
      );
    })
    .map((row) => (row['gl_name'] === 'site_addr_oath' ? { ...row, gl_value: ADDRESS } : row))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** The one value that a query of one row and one column finds in our database. */
function text(query: string, ...values: string[]): unknown {
  const rows = ours.prepare(query).all(...values) as Row[];
  expect(rows.map((row) => Object.keys(row).length)).toEqual([1]);
  return Object.values(rows[0] ?? {})[0];
}

describe('the demo site', () => {
  it.each(TABLES.filter((table) => table !== 'keys'))('has the rows of the EHR in %s', (table) => {
    expect(content(ours, table)).toEqual(content(theirs, table));
  });

  it('is compared with something', () => {
    const filled = TABLES.filter((table) => content(theirs, table).length > 0);
    expect(filled.filter((table) => table !== 'keys').sort()).toEqual([...new Set(site.map(({ table }) => table))].sort());
    expect(content(theirs, 'globals').length).toBeGreaterThan(40);
  });

  it('carries uuids as 16 bytes, and registers every one of them', () => {
    const uuids = ['users', 'patient_data', 'facility'].flatMap((table) => content(ours, table).map((row) => row['uuid']));
    expect(uuids).toContain('9a1b0000000140008000000000000101');
    expect(
      content(ours, 'uuid_registry')
        .map((row) => row['uuid'])
        .sort(),
    ).toEqual(uuids.sort());
  });

  it('leaves the keys to the installation', () => {
    expect(content(ours, 'keys')).toEqual([]);
  });

  it('carries the address it is told', () => {
    expect(text(`SELECT "gl_value" FROM "globals" WHERE "gl_name" = 'site_addr_oath'`)).toBe(ADDRESS);
  });

  it('has secrets sealed by the installation', () => {
    const { totpSecret } = DEMO_PEOPLE.find((person) => person.login === 'totpdoc') ?? {};
    expect(totpSecret).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
    expect(text('SELECT "var1" FROM "login_mfa_registrations"')).toBe(`totp<${totpSecret}>`);
    const vectors = JSON.parse(readFileSync(new URL('../../../../test/fixtures/openemr/vectors.json', import.meta.url), 'utf8')) as {
      client_secret_column: Array<{ secret: string }>;
    };
    const secret = vectors.client_secret_column[0]?.secret;
    expect(DEMO_CLIENTS.map((client) => client.clientSecret)).toEqual([secret, null]);
    expect(text('SELECT "client_secret" FROM "oauth_clients" WHERE "is_confidential" = 1')).toBe(`client<${secret}>`);
  });

  it.each(DEMO_PEOPLE)('lets $login in with the password that is announced', async ({ login, password, role }) => {
    const query =
      role === 'users'
        ? 'SELECT "password" FROM "users_secure" WHERE "username" = ?'
        : 'SELECT "portal_pwd" FROM "patient_access_onsite" WHERE "portal_login_username" = ?';
    await expect(verify(password, String(text(query, login)))).resolves.toBe(true);
  });

  it('announces everybody who has a password', () => {
    const staff = content(ours, 'users_secure').map((row) => row['username']);
    const patients = content(ours, 'patient_access_onsite').map((row) => row['portal_login_username']);
    expect(DEMO_PEOPLE.map((person) => person.login).sort()).toEqual([...staff, ...patients].sort());
  });
});

describe('demoTable', () => {
  it.each([[[1]], [[1, 2, 3]]])('refuses a row of %j for two columns', (row) => {
    expect(() => demoTable('groups', 'id name', [row])).toThrow('groups');
  });
});
