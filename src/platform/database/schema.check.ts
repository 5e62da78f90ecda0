import type { DataSource, EntityMetadata } from 'typeorm';
import { readColumns } from './table-columns.query.js';

/**
 * Compares every mapped table with the database.
 * @returns one line per missing table and per table that lacks columns; empty when everything is there
 */
export async function schemaFindings(source: DataSource): Promise<string[]> {
  const columns = await readColumns(source);
  return source.entityMetadatas.flatMap((entity) => findingsOf(entity, columns.get(entity.tableName))).sort();
}

function findingsOf(entity: EntityMetadata, present: ReadonlySet<string> | undefined): string[] {
  if (!present) return [`table ${entity.tableName} is missing`];
  const missing = entity.columns.map((column) => column.databaseName).filter((name) => !present.has(name.toLowerCase()));
  return missing.length === 0
    ? []
    : [`table ${entity.tableName} lacks ${missing.length === 1 ? 'column' : 'columns'} ${missing.join(', ')}`];
}
