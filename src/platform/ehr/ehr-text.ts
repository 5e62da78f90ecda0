/** A text of the EHR without the blanks around it; undefined for none. */
export function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

/** Those of the texts that there are, in one; undefined when there are none. */
export function joined(parts: readonly (string | null)[], separator: string): string | undefined {
  const present = parts.map(text).filter((part) => part !== undefined);
  return present.length === 0 ? undefined : present.join(separator);
}

/** The name to call somebody by; `otherwise` when the EHR has none. */
export function displayName(person: { readonly firstName: string | null; readonly lastName: string | null }, otherwise: string): string {
  return joined([person.firstName, person.lastName], ' ') ?? otherwise;
}
