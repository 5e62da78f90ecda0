import Database from 'libsql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEhrTables, type EhrColumn, type EhrTableFacts } from '../../../../test/support/ehr-schema-file.js';
import { EHR_BASELINE } from './ehr-baseline.js';

interface ColumnInfo {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
  pk: number;
}

interface IndexInfo {
  name: string;
  unique: number;
  origin: string;
  partial: number;
}

const SQLITE_TYPES: Readonly<Record<string, string>> = {
  ...{ bigint: 'INTEGER', int: 'INTEGER', tinyint: 'INTEGER', binary: 'BLOB' },
  ...{ varchar: 'TEXT', text: 'TEXT', tinytext: 'TEXT', longtext: 'TEXT', enum: 'TEXT' },
  ...{ date: 'TEXT', datetime: 'TEXT', timestamp: 'TEXT' },
};

const EHR_TABLES = readEhrTables();
const folder = mkdtempSync(join(tmpdir(), 'ehr-baseline-'));
const database = new Database(join(folder, 'ehr.sqlite'));

beforeAll(() => {
  for (const statement of EHR_BASELINE) database.exec(statement);
});

afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** The default of a column in SQLite's words; MySQL fills `binary(16)` up with zero bytes. */
function sqliteDefault(column: EhrColumn): string | null {
  if (column.default === null || column.default === 'CURRENT_TIMESTAMP') return column.default;
  const type = SQLITE_TYPES[column.type];
  if (type === 'BLOB') return `x'${Buffer.from(column.default).toString('hex').padEnd(32, '0')}'`;
  return type === 'INTEGER' ? column.default : `'${column.default}'`;
}

/** What is expected of a table: a counter is the primary key, as SQLite demands, and needs no index of its own. */
function expected(table: EhrTableFacts) {
  const counter = table.columns.filter((column) => column.autoIncrement).map((column) => column.name);
  const named = (key: { name: string; columns: readonly string[] }) => ({ name: `${table.name}_${key.name}`, columns: key.columns });
  return {
    columns: table.columns.map((column) => ({
      name: column.name,
      type: SQLITE_TYPES[column.type],
      nullable: column.nullable,
      default: sqliteDefault(column),
    })),
    primaryKey: counter.length > 0 ? counter : table.primaryKey,
    counts: counter.length > 0,
    uniqueKeys: table.uniqueKeys.map(named).sort(byName),
    keys: table.keys
      .filter((key) => key.columns.join() !== counter.join())
      .map(named)
      .sort(byName),
  };
}

/** What SQLite says of a table it has. */
function reported(table: string): ReturnType<typeof expected> {
  const columns = database.prepare(`PRAGMA table_info("${table}")`).all() as ColumnInfo[];
  const indexes = (database.prepare(`PRAGMA index_list("${table}")`).all() as IndexInfo[]).filter((index) => index.origin !== 'pk');
  const keys = (unique: number) =>
    indexes
      .filter((index) => index.unique === unique && index.partial === 0)
      .map(({ name }) => ({
        name,
        columns: (database.prepare(`PRAGMA index_info("${name}")`).all() as Array<{ name: string }>).map((column) => column.name),
      }))
      .sort(byName);
  return {
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      nullable: column.notnull === 0,
      default: column.dflt_value,
    })),
    primaryKey: columns
      .filter((column) => column.pk > 0)
      .sort((a, b) => a.pk - b.pk)
      .map((column) => column.name),
    counts: definition(table).includes('AUTOINCREMENT'),
    uniqueKeys: keys(1),
    keys: keys(0),
  };
}

function definition(table: string): string {
  const row = database.prepare(`SELECT "sql" FROM "sqlite_master" WHERE "type" = 'table' AND "name" = ?`).get(table) as { sql: string };
  return row.sql;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

describe('the embedded EHR', () => {
  it('has the tables of the EHR and no others', () => {
    const rows = database.prepare(`SELECT "name" FROM "sqlite_master" WHERE "type" = 'table' AND "name" NOT LIKE 'sqlite_%'`).all();
    expect((rows as Array<{ name: string }>).map((row) => row.name).sort()).toEqual(EHR_TABLES.map((table) => table.name).sort());
    expect(EHR_TABLES.length).toBeGreaterThan(40);
  });

  it.each(EHR_TABLES)('has the columns and keys of $name', (table) => {
    expect(reported(table.name)).toEqual(expected(table));
  });

  it('keeps a column with a closed list of words to that list', () => {
    const closed = EHR_TABLES.flatMap((table) =>
      table.columns.filter((column) => column.words.length > 0).map((column) => ({ table, column })),
    );
    expect(closed).toHaveLength(1);
    const insert = database.prepare('INSERT INTO "log_comment_encrypt" ("log_id", "encrypt") VALUES (1, ?)');
    for (const word of closed[0]?.column.words ?? []) expect(insert.run(word).changes).toBe(1);
    expect(() => insert.run('yes')).toThrow('CHECK');
  });

  it('never invents a key which the EHR would not count up', () => {
    const given = EHR_TABLES.filter((table) => !table.columns.some((column) => column.autoIncrement) && table.primaryKey.length === 1);
    const numbered = given.filter((table) =>
      table.columns.some((column) => column.name === table.primaryKey[0] && column.type !== 'varchar'),
    );
    const inventing = numbered.filter((table) => /INTEGER/.test(typeOfKey(table)) && !definition(table.name).endsWith('WITHOUT ROWID'));
    expect(inventing.map((table) => table.name)).toEqual([]);
    expect(() => database.exec(`INSERT INTO "users_secure" ("username") VALUES ('nobody')`)).toThrow('NOT NULL');
    database.exec(`INSERT INTO "gacl_aro" ("value", "name") VALUES ('nobody', 'Nobody')`);
    expect(database.prepare('SELECT "id" FROM "gacl_aro"').get()).toMatchObject({ id: 0 });
  });

  it('counts up keys without using one twice', () => {
    const insert = database.prepare(`INSERT INTO "api_token" ("token") VALUES (?)`);
    const first = Number(insert.run('a').lastInsertRowid);
    database.exec('DELETE FROM "api_token"');
    expect(Number(insert.run('b').lastInsertRowid)).toBe(first + 1);
  });
});

function typeOfKey(table: EhrTableFacts): string {
  const column = table.columns.find((candidate) => candidate.name === table.primaryKey[0]);
  return SQLITE_TYPES[column?.type ?? ''] ?? '';
}
