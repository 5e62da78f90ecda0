/** Reads a column joined by `|` (redirect URIs, contacts, grant types); NULL and '' are the empty list. */
export function fromPipeList(column: string | null): string[] {
  return split(column, '|');
}

/**
 * Joins values by `|`.
 * @returns '' for the empty list
 * @throws RangeError when a value is empty or holds the separator, because it would not come back as it was
 */
export function toPipeList(values: readonly string[]): string {
  return join(values, '|');
}

/** Reads a column joined by blanks (scope); NULL and '' are the empty list, and repeated blanks count as one. */
export function fromSpaceList(column: string | null): string[] {
  return split(column, ' ');
}

/**
 * Joins values by blanks.
 * @returns '' for the empty list
 * @throws RangeError when a value is empty or holds the separator
 */
export function toSpaceList(values: readonly string[]): string {
  return join(values, ' ');
}

function split(column: string | null, separator: string): string[] {
  return (column ?? '').split(separator).filter((value) => value !== '');
}

function join(values: readonly string[], separator: string): string {
  if (values.some((value) => value === '' || value.includes(separator))) {
    throw new RangeError(`a value of a list joined by "${separator}" is empty or holds it`);
  }
  return values.join(separator);
}
