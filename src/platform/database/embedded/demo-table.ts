/** What one cell of the demo site holds: text, number, the 16 bytes of a uuid, or nothing. */
export type DemoValue = string | number | Buffer | null;

/** Rows for one table of the EHR, by column name. A column that is not named takes the table's default. */
export interface DemoTable {
  table: string;
  rows: Array<Record<string, DemoValue>>;
}

/**
 * Writes rows the way an INSERT statement does: the column names once, then the values in their order.
 * @param names the column names, parted by blanks
 * @throws Error when a row has more or fewer values than there are columns
 */
export function demoTable(table: string, names: string, values: ReadonlyArray<readonly DemoValue[]>): DemoTable {
  const columns = names.split(' ');
  const rows = values.map((row) => {
    if (row.length !== columns.length) throw new Error(`${table}: ${row.length} values for ${columns.length} columns`);
    return Object.fromEntries(row.map((value, position): [string, DemoValue] => [columns[position] ?? '', value]));
  });
  return { table, rows };
}

/**
 * The uuid of a demo record, as the EHR stores it: 16 bytes in the order of the text form.
 * @param number 1 to 4 hexadecimal digits that end the uuid, e.g. '101'
 */
export function demoUuid(number: string): Buffer {
  return Buffer.from(`9a1b000000014000800000000000${number.padStart(4, '0')}`, 'hex');
}
