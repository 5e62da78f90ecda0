/**
 * Decides whether a JSON value is nested deeper than anything a client has to say. Such a value could exhaust the stack of whoever walks
 * through it or writes it out again.
 * @param deepest levels of lists and objects that are in order; 0 is a plain value
 */
export function isNestedDeeper(value: unknown, deepest: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return deepest === 0 || Object.values(value).some((member) => isNestedDeeper(member, deepest - 1));
}
