const SHOWN = 10;

/** The first names of a list, and how many more there are. @param names none of them secret */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

/** A number with its noun: `1 client`, `2 clients`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
