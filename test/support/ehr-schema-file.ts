import { readFileSync } from 'node:fs';

/** A column as the EHR's schema file declares it. */
export interface EhrColumn {
  name: string;
  /** MySQL's type, in small letters and without length: `bigint`, `varchar`, `enum`, ... */
  type: string;
  /** The words of an `enum`, else empty. */
  words: readonly string[];
  nullable: boolean;
  /** Without quotes; null when there is none or when it is NULL. */
  default: string | null;
  autoIncrement: boolean;
}

/** An index as the EHR's schema file declares it. */
export interface EhrKey {
  name: string;
  columns: readonly string[];
}

/** A table as the EHR's schema file declares it. */
export interface EhrTableFacts {
  name: string;
  columns: readonly EhrColumn[];
  primaryKey: readonly string[];
  uniqueKeys: readonly EhrKey[];
  keys: readonly EhrKey[];
}

const TABLE = /^CREATE TABLE `(\w+)` \(\n(.*)\n\) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4$/s;
const COLUMN =
  /^`(\w+)`\s+([a-z]+)(?:\(([^)]*)\))?(?: unsigned)?((?:\s+(?:NOT NULL|NULL|AUTO_INCREMENT|DEFAULT (?:'[^']*'|\S+)|ON UPDATE \S+))*)$/;
const KEY = /^(PRIMARY KEY|UNIQUE KEY|KEY)\s*(?:`(\w+)`\s*)?\((.+)\)$/;

/** The EHR's schema file, which also fills the made-up demo site. */
export function readEhrSchema(): string {
  return readFileSync(new URL('../fixtures/openemr/schema.sql', import.meta.url), 'utf8');
}

/** The statements of the schema file in order, without comments and closing semicolons. */
export function readEhrStatements(): string[] {
  return readEhrSchema()
    .split('\n')
    .map((line) => line.replace(/^-- .*$|\s+-- .*$/, ''))
    .join('\n')
    .split(/;$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}

/**
 * Every table of the schema file, in the file's order.
 * @throws Error at a line that is not understood: a fact that is overlooked would be a fact that is not compared
 */
export function readEhrTables(): EhrTableFacts[] {
  return readEhrStatements()
    .filter((statement) => statement.startsWith('CREATE'))
    .map(parseTable);
}

function parseTable(statement: string): EhrTableFacts {
  const [, name = '', body] = TABLE.exec(statement) ?? [];
  if (body === undefined) throw new Error(`not understood: ${statement.slice(0, 80)}`);
  const lines = body.split('\n').map((line) => line.trim().replace(/,$/, ''));
  const keys = lines.filter((line) => !line.startsWith('`')).map(parseKey);
  const ofKind = (kind: string): EhrKey[] =>
    keys.filter((key) => key.kind === kind).map((key) => ({ name: key.name, columns: key.columns }));
  return {
    name,
    columns: lines.filter((line) => line.startsWith('`')).map(parseColumn),
    primaryKey: ofKind('PRIMARY KEY')[0]?.columns ?? [],
    uniqueKeys: ofKind('UNIQUE KEY'),
    keys: ofKind('KEY'),
  };
}

function parseColumn(line: string): EhrColumn {
  const [, name, type, argument = '', rest = ''] = COLUMN.exec(line) ?? [];
  if (name === undefined || type === undefined) throw new Error(`column not understood: ${line}`);
  const written = /DEFAULT (?:'([^']*)'|(\S+))/.exec(rest);
  return {
    name,
    type,
    words: type === 'enum' ? argument.split(',').map((word) => word.replaceAll("'", '')) : [],
    nullable: !rest.includes('NOT NULL'),
    default: written?.[1] ?? (written?.[2] === 'NULL' ? null : (written?.[2] ?? null)),
    autoIncrement: rest.includes('AUTO_INCREMENT'),
  };
}

function parseKey(line: string): EhrKey & { kind: string } {
  const [, kind, name, list] = KEY.exec(line) ?? [];
  if (kind === undefined || list === undefined) throw new Error(`key not understood: ${line}`);
  const columns = list.split(',').map((column) => column.trim().replaceAll('`', ''));
  return { kind, name: name ?? columns[0] ?? '', columns }; // MySQL names a nameless key after its first column
}
