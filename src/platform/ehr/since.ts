import type { DataSource, EntityTarget, ObjectLiteral } from 'typeorm';

/** A table or column that older versions of the EHR do not have. */
export interface LaterPart {
  /** The first release whose schema has it. */
  readonly since: string;
  /** What is so while it is absent, for whoever runs the server. */
  readonly without: string;
}

const TABLES = new Map<unknown, LaterPart>();
const COLUMNS = new Map<unknown, Map<string, LaterPart>>();

/**
 * Marks an entity of the EHR, or a property of one, as something that the EHR has since a version. While it is absent, it is neither read
 * nor written, and the property keeps the value that the class gives it. Everything without the mark is needed.
 * @param since the first release whose schema has it
 * @param without what is so while it is absent: a sentence without its full stop
 */
export const Since =
  (since: string, without: string) =>
  (target: object, property?: string | symbol): void => {
    if (property === undefined) {
      TABLES.set(target, { since, without });
      return;
    }
    const columns = COLUMNS.get(target.constructor) ?? new Map<string, LaterPart>();
    COLUMNS.set(target.constructor, columns.set(String(property), { since, without }));
  };

/** @returns null for a table that is needed */
export const findLaterTable = (entity: unknown): LaterPart | null => TABLES.get(entity) ?? null;

/** @returns null for a column that is needed */
export const findLaterColumn = (entity: unknown, property: string): LaterPart | null => COLUMNS.get(entity)?.get(property) ?? null;

/** Whether the database has the table of an entity: only one that is marked with `Since` can be absent. */
export function hasTable(source: DataSource, entity: EntityTarget<ObjectLiteral>): boolean {
  return source.getMetadata(entity).columns.some((column) => column.isSelect);
}

/** Whether the database has the column of a property: only one that is marked with `Since` can be absent. */
export function hasColumn<T extends ObjectLiteral>(source: DataSource, entity: EntityTarget<T>, property: keyof T & string): boolean {
  return source.getMetadata(entity).findColumnWithPropertyName(property)?.isSelect === true;
}
