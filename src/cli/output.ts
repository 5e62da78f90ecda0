/** How a command prints. */
export interface OutputOptions {
  /** One JSON value instead of words. */
  readonly json?: boolean;
}

/**
 * Prints the result of a command to stdout.
 * @param value as JSON
 * @param words the same for people; lines are joined
 */
export function print(value: unknown, words: string | readonly string[], { json = false }: OutputOptions): void {
  const text = json ? JSON.stringify(value, null, 2) : typeof words === 'string' ? words : words.join('\n');
  process.stdout.write(`${text}\n`);
}

/**
 * Rows in columns of equal width, two blanks apart.
 * @param rows the first may hold headings
 */
export function columns(rows: ReadonlyArray<readonly string[]>): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
