import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { findLaterColumn, findLaterTable, type LaterPart } from '../ehr/since.js';
import { readColumns } from './table-columns.query.js';

/** Something that a newer version of the EHR has and this database has not. */
export interface AbsentPart extends LaterPart {
  /** `table x`, or `column x of table y`. */
  readonly name: string;
  readonly columns: readonly ColumnMetadata[];
}

/** How the mapped tables differ from those of the database. */
export interface SchemaDifferences {
  /** What the server cannot do without: one line per missing table and per table that lacks columns. Empty when everything is there. */
  readonly lacks: readonly string[];
  /** What it can do without. */
  readonly absent: readonly AbsentPart[];
}

/** Compares every mapped table with the database: what is there counts, and not the version that the EHR says it has. */
export async function compareSchema(source: DataSource): Promise<SchemaDifferences> {
  const columns = await readColumns(source);
  const differences = source.entityMetadatas.map((entity) => compareTable(entity, columns.get(entity.tableName)));
  return { lacks: differences.flatMap(({ lacks }) => lacks).sort(), absent: differences.flatMap(({ absent }) => absent) };
}

/** Has TypeORM leave alone what is absent: it is neither selected, inserted nor updated. A condition that names it is still an error. */
export function leaveAlone(absent: readonly AbsentPart[]): void {
  for (const column of absent.flatMap(({ columns }) => columns)) {
    column.isSelect = false;
    column.isInsert = false;
    column.isUpdate = false;
  }
}

function compareTable(entity: EntityMetadata, present: ReadonlySet<string> | undefined): SchemaDifferences {
  if (!present) return compareAbsentTable(entity);
  const missing = entity.columns.filter((column) => !present.has(column.databaseName.toLowerCase()));
  const absent = missing.flatMap((column) => {
    const later = findLaterColumn(entity.target, column.propertyName);
    return later === null ? [] : [{ ...later, name: `column ${column.databaseName} of table ${entity.tableName}`, columns: [column] }];
  });
  const names = missing.filter((column) => !absent.some(({ columns }) => columns[0] === column)).map((column) => column.databaseName);
  const line = `table ${entity.tableName} lacks ${names.length === 1 ? 'column' : 'columns'} ${names.join(', ')}`;
  return { lacks: names.length === 0 ? [] : [line], absent };
}

function compareAbsentTable(entity: EntityMetadata): SchemaDifferences {
  const name = `table ${entity.tableName}`;
  const later = findLaterTable(entity.target);
  if (later === null) return { lacks: [`${name} is missing`], absent: [] };
  return { lacks: [], absent: [{ ...later, name, columns: entity.columns }] };
}
