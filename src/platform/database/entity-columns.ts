import type { DataSource, ValueTransformer } from 'typeorm';

type Row = Readonly<Record<string, unknown>>;

interface MappedColumn {
  readonly property: string;
  /** Name in the row. */
  readonly name: string;
  readonly isKey: boolean;
  readonly transformers: readonly ValueTransformer[];
}

/** Makes something of a data source once, and keeps it for as long as there is the data source. */
export function madeOnce<T>(make: (source: DataSource) => T): (source: DataSource) => T {
  const made = new WeakMap<DataSource, { readonly value: T }>();
  return (source) => {
    const known = made.get(source) ?? { value: make(source) };
    made.set(source, known);
    return known.value;
  };
}

/**
 * Reads an entity from a row of a statement of our own, by the mapping that the ORM has of it. For statements which answer in one round trip what
 * the ORM would ask in several.
 */
export class EntityColumns<T extends object> {
  /** For the SELECT: every column that the database has, under a name of its own. */
  readonly list: string;
  private readonly columns: readonly MappedColumn[];

  /** @param alias of the table in the statement */
  constructor(
    source: DataSource,
    private readonly entity: new () => T,
    alias: string,
  ) {
    const present = source.getMetadata(entity).columns.filter(({ isSelect }) => isSelect); // the others are of later releases of the EHR
    this.list = present.map(({ databaseName, propertyName }) => `${alias}.${databaseName} AS ${alias}_${propertyName}`).join(', ');
    this.columns = present.map(({ propertyName, isPrimary, transformer }) => ({
      property: propertyName,
      name: `${alias}_${propertyName}`,
      isKey: isPrimary,
      transformers: [transformer ?? []].flat().reverse(), // the last to write is the first to read
    }));
  }

  /** @returns null where an outer join found nothing */
  read(row: Row): T | null {
    const found = new this.entity();
    for (const { property, name, isKey, transformers } of this.columns) {
      let value: unknown = row[name];
      if (isKey && value === null) return null;
      for (const transformer of transformers) value = transformer.from(value);
      (found as Record<string, unknown>)[property] = value;
    }
    return found;
  }
}
