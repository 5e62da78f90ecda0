import type { Patient } from './patient.entity.js';

/** Whether each of the words begins a word of the patient's names, whatever the case and the accents: as MySQL compares. */
export function fitsNames(
  { firstName, middleName, lastName }: Pick<Patient, 'firstName' | 'middleName' | 'lastName'>,
  words: readonly string[],
): boolean {
  const names = folded(` ${firstName} ${middleName} ${lastName}`);
  return words.every((word) => names.includes(` ${folded(word)}`));
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('-', ' ')
    .toLowerCase();
}
