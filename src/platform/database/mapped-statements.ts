import type { DataSource, EntityTarget } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { EntityColumns, madeOnce } from './entity-columns.js';
import { type Place, readRows, type StatementValue, writeRows } from './prepared.js';
import type { Transaction } from './transactions.js';

type Entity<T> = new () => T;

/** Texts of statements, by what they do. They are made of the names in the mapping: values never become part of them. */
const texts = madeOnce(() => new Map<string, unknown>());

/**
 * Finds rows by columns that must be equal, as the ORM would, by a statement that is prepared once.
 * @param equals by property; every value counts, and null finds nothing
 * @param order property by which the rows are ordered
 */
export async function findRows<T extends object>(
  place: Place,
  entity: Entity<T>,
  equals: Partial<T>,
  order?: { readonly by: keyof T & string; readonly descending?: boolean },
): Promise<T[]> {
  const source = 'dataSource' in place ? place.dataSource : place;
  const properties = Object.keys(equals);
  const { sql, columns, keys } = once(source, `find ${entity.name} ${properties.join()} ${order?.by} ${order?.descending}`, () => {
    const escape = (name: string): string => source.driver.escape(name);
    const found = new EntityColumns(source, entity, 'r');
    const where = properties.map((property) => columnOf(source, entity, property));
    const conditions = where.map(({ databaseName }) => `r.${escape(databaseName)} = ?`).join(' AND ');
    const suffix = order ? ` ORDER BY r.${escape(columnOf(source, entity, order.by).databaseName)}${order.descending ? ' DESC' : ''}` : '';
    const from = `FROM ${escape(source.getMetadata(entity).tableName)} r WHERE ${conditions}${suffix}`;
    return { sql: `SELECT ${found.list} ${from}`, columns: found, keys: where };
  });
  const values = keys.map((column) => stored(column, equals[column.propertyName as keyof T]));
  return (await readRows<Record<string, unknown>>(place, sql, values)).flatMap((row) => columns.read(row) ?? []);
}

/**
 * Adds a row, as the ORM would, by a statement that is prepared once.
 * @param row every column that has no number from the database
 * @returns the number that it was given; 0 where rows are not numbered
 */
export async function insertRow<T extends object>(tx: Transaction, entity: Entity<T>, row: Partial<T>): Promise<number> {
  const { sql, columns } = once(tx.dataSource, `insert ${entity.name}`, () => {
    const { driver } = tx.dataSource;
    const metadata = tx.dataSource.getMetadata(entity);
    const written = metadata.columns.filter(({ isInsert, isGenerated }) => isInsert && !isGenerated);
    const names = written.map(({ databaseName }) => driver.escape(databaseName)).join(', ');
    return {
      sql: `INSERT INTO ${driver.escape(metadata.tableName)} (${names}) VALUES (${written.map(() => '?').join(', ')})`,
      columns: written,
    };
  });
  const values = columns.map((column) => stored(column, row[column.propertyName as keyof T]));
  return (await writeRows(tx, sql, values)).insertId;
}

function once<Made>(source: DataSource, name: string, make: () => Made): Made {
  const known = texts(source);
  const made = (known.get(name) as Made | undefined) ?? make();
  known.set(name, made);
  return made;
}

function columnOf(source: DataSource, entity: EntityTarget<object>, property: string): ColumnMetadata {
  const column = source.getMetadata(entity).findColumnWithPropertyName(property);
  if (column === undefined) throw new Error(`there is no column for ${property}`);
  return column;
}

function stored({ transformer, propertyName }: ColumnMetadata, value: unknown): StatementValue {
  let written = value;
  for (const each of [transformer ?? []].flat()) written = each.to(written);
  if (written === undefined) throw new Error(`there is no value for ${propertyName}`);
  return written as StatementValue;
}
