import type { DataSource } from 'typeorm';
import { EmbeddedDataSource } from './embedded/embedded-data-source.js';

interface Row {
  table_name: string;
  column_name: string;
}

const EMBEDDED = `SELECT t.name AS table_name, c.name AS column_name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'`;
const MYSQL = 'SELECT table_name AS table_name, column_name AS column_name FROM information_schema.columns WHERE table_schema = DATABASE()';

/** @returns lower-case column names of each table of the database in use */
export async function readColumns(source: DataSource): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await source.query<Row[]>(source instanceof EmbeddedDataSource ? EMBEDDED : MYSQL);
  const tables = new Map<string, Set<string>>();
  for (const row of rows) {
    const columns = tables.get(row.table_name) ?? new Set();
    tables.set(row.table_name, columns.add(row.column_name.toLowerCase()));
  }
  return tables;
}
