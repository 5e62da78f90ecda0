import type { EntityMetadata, QueryRunner, TableColumn } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { declaredTables } from '../support/declared-tables.js';
import { type EhrColumn, readEhrTables } from '../support/ehr-schema-file.js';
import { markdownRows, readProjectFile, readSourceFiles } from '../support/source-files.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** Types of the EHR's columns that a mapped type reads and writes without loss. */
const COMPATIBLE: Readonly<Record<string, readonly string[]>> = {
  bigint: ['bigint', 'int', 'smallint', 'tinyint'],
  integer: ['int', 'bigint', 'smallint', 'tinyint'],
  tinyint: ['tinyint', 'int'],
  varchar: ['varchar', 'char', 'enum', 'date', 'datetime', 'timestamp'],
  text: ['text', 'mediumtext', 'longtext', 'varchar'],
  blob: ['binary', 'varbinary', 'blob'],
};

const DECLARED = declaredTables();
const EHR_TABLES = new Map(readEhrTables().map((table) => [table.name, table]));
const OWN_BOOKKEEPING = ['oauth2_migrations']; // TypeORM's list of migrations, which no entity maps
const DOCUMENTED = new Set(
  markdownRows(readProjectFile('docs/tables.md')).flatMap(([first = '']) => [...first.matchAll(/`(\w+)`/g)].map(([, name]) => name)),
);

describe('Tables', () => {
  let server: TestServer;
  let entities: readonly EntityMetadata[];

  beforeAll(async () => {
    server = await startServer();
    entities = server.database.entityMetadatas;
  });

  afterAll(() => server.stop());

  const isEhr = (entity: EntityMetadata): boolean => DECLARED.some(({ table, owner }) => table === entity.tableName && owner === 'ehr');

  it('have one entity each, in one module', () => {
    const tables = DECLARED.map(({ table }) => table);
    expect(tables.filter((table, at) => tables.indexOf(table) !== at)).toEqual([]);
    expect(DECLARED.filter(({ folder, path }) => folder === '' || !path.endsWith('.entity.ts'))).toEqual([]);
  });

  it('are all known to the application', () => {
    expect(entities.map((entity) => entity.tableName).sort()).toEqual(DECLARED.map(({ table }) => table).sort());
  });

  it('are read and written through repositories of the module that owns them', () => {
    const owners = new Map(DECLARED.map(({ entity, folder }) => [entity, folder]));
    const uses = readSourceFiles().flatMap(({ path, folder, text }) =>
      [...text.matchAll(/@InjectRepository\((\w+)\)|forFeature\(\[([^\]]*)\]/g)].flatMap(([, injected, listed = '']) =>
        (injected ?? listed).split(',').map((name) => ({ path, folder, entity: name.trim() })),
      ),
    );
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter(({ entity, folder }) => entity !== '' && owners.get(entity) !== folder)).toEqual([]);
  });

  describe('of the EHR', () => {
    it('are never altered', () => {
      expect(
        entities
          .filter(isEhr)
          .filter((entity) => entity.synchronize)
          .map((entity) => entity.tableName),
      ).toEqual([]);
    });

    it('have every column that is mapped, of a type and nullability that fit', () => {
      const findings = entities.filter(isEhr).flatMap((entity) => {
        const columns = new Map(EHR_TABLES.get(entity.tableName)?.columns.map((column) => [column.name, column]));
        return entity.columns.flatMap((column) =>
          misfits(column, columns.get(column.databaseName)).map((finding) => `${entity.tableName}.${column.databaseName} ${finding}`),
        );
      });
      expect(findings).toEqual([]);
    });

    it('are found by keys that the EHR keeps unique', () => {
      const findings = entities.filter(isEhr).filter((entity) => {
        const { primaryKey = [], uniqueKeys = [] } = EHR_TABLES.get(entity.tableName) ?? {};
        const mapped = entity.primaryColumns
          .map((column) => column.databaseName)
          .sort()
          .join();
        return ![primaryKey, ...uniqueKeys.map((key) => key.columns)].some((key) => [...key].sort().join() === mapped);
      });
      expect(findings.map((entity) => entity.tableName)).toEqual([]);
    });
  });

  describe('of our own', () => {
    it('are named oauth2_*, as no table of the EHR is', () => {
      const own = DECLARED.filter(({ owner }) => owner === 'own').map(({ table }) => table);
      expect(own.filter((table) => !/^oauth2_[a-z]+(_[a-z]+)*$/.test(table))).toEqual([]);
      expect([...EHR_TABLES.keys()].filter((table) => table.startsWith('oauth2_'))).toEqual([]);
    });

    it('are made by migrations with exactly the columns that are mapped, null where the entity says so', async () => {
      const runner = server.database.createQueryRunner();
      try {
        const own = entities.filter((entity) => !isEhr(entity));
        const made = await Promise.all(own.map((entity) => columnsOf(runner, entity.tableName)));
        expect(made).toEqual(own.map((entity) => shapeOf(entity.columns.map((column) => [column.databaseName, column.isNullable]))));
      } finally {
        await runner.release();
      }
    });

    it('are the only ones that migrations make beside the demo EHR', () => {
      const migrations = readSourceFiles().filter(({ path }) => path.endsWith('.migration.ts'));
      const touched = migrations.flatMap(({ text }) =>
        [...text.matchAll(/\b(?:CREATE|ALTER|DROP)\s+TABLE\s+[`"]?(\w+)/g)].map(([, table = '']) => table),
      );
      expect(touched.filter((table) => !table.startsWith('oauth2_'))).toEqual([]);
    });
  });

  it('are named in docs/tables.md, and nothing else is', () => {
    expect([...DOCUMENTED].filter((table) => !DECLARED.some((declared) => declared.table === table) && !isReadBySql(table)).sort()).toEqual(
      OWN_BOOKKEEPING,
    );
    expect(DECLARED.filter(({ table }) => !DOCUMENTED.has(table)).map(({ table }) => table)).toEqual([]);
  });

  it('that hand-written SQL reads are named in docs/tables.md too', () => {
    expect([...SQL_TABLES].filter((table) => (EHR_TABLES.has(table) || table.startsWith('oauth2_')) && !DOCUMENTED.has(table))).toEqual([]);
  });
});

const SQL_TABLES: ReadonlySet<string> = new Set(
  readSourceFiles()
    .filter(({ path }) => path.endsWith('.query.ts'))
    .flatMap(({ text }) => [...text.matchAll(/\b(?:FROM|JOIN)\s+[`"]?(\w+)/g)].map(([, table = '']) => table)),
);

function isReadBySql(table: string | undefined): boolean {
  return table !== undefined && SQL_TABLES.has(table);
}

function misfits(mapped: ColumnMetadata, column: EhrColumn | undefined): string[] {
  if (column === undefined) return ['is not in the EHR'];
  const type = String(mapped.type);
  return [
    ...(COMPATIBLE[type]?.includes(column.type) ? [] : [`is ${column.type}, mapped as ${type}`]),
    ...(mapped.isNullable === column.nullable
      ? []
      : [column.nullable ? 'may be null, mapped as never null' : 'is never null, mapped as nullable']),
  ];
}

async function columnsOf(runner: QueryRunner, table: string): Promise<Array<readonly [string, boolean]>> {
  const found = await runner.getTable(table);
  return shapeOf((found?.columns ?? []).map((column: TableColumn) => [column.name, column.isNullable]));
}

function shapeOf(columns: ReadonlyArray<readonly [string, boolean]>): Array<readonly [string, boolean]> {
  return [...columns].sort(([one], [other]) => one.localeCompare(other));
}
