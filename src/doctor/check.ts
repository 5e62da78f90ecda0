/** How bad a finding is: `ok` and `info` need nothing to be done, `warning` something soon, `error` something now. */
export type Level = 'ok' | 'info' | 'warning' | 'error';

/** What a check has to say. Never holds a secret or the value of a column that is one. */
export interface Finding {
  /** `<check>` or `<check>.<what>`: stable, for scripts. */
  readonly id: string;
  readonly level: Level;
  /** What is so. */
  readonly finding: string;
  /** Why it matters; null when all is well. */
  readonly reason: string | null;
  /** The one thing to do next; null when there is nothing to do. */
  readonly nextStep: string | null;
}

/** What a check stands on: where it does not hold, the check would only report its consequences. */
export type Ground =
  /** The tables of the EHR have every mapped column. */
  | 'ehr-tables'
  /** The tables of our own are there and up to date. */
  | 'own-tables'
  /** The keys of the site open. */
  | 'keys'
  /** The database account may write what the server writes. */
  | 'writing';

/** A group of questions about one thing. It reads; what it must try by writing, it takes back. */
export interface Check {
  readonly id: string;
  /** What is true when it finds nothing, as a sentence. */
  readonly healthy: string;
  readonly needs: readonly Ground[];
  /** Left out by `--quick`. */
  readonly isSlow?: boolean;
  /** @returns empty when all is well */
  run(): Promise<Finding[]>;
  /** What does not hold, given what it found. */
  missingGrounds?(findings: readonly Finding[]): readonly Ground[];
}

/** A finding in words: what is so, why it matters, what to do. */
export type Words = readonly [finding: string, reason: string, nextStep: string];

export const info = (id: string, words: Words): Finding => made(id, 'info', words);
export const warning = (id: string, words: Words): Finding => made(id, 'warning', words);
export const error = (id: string, words: Words): Finding => made(id, 'error', words);

/** The words of a check that found nothing. */
export const ok = (id: string, finding: string): Finding => ({ id, level: 'ok', finding, reason: null, nextStep: null });

function made(id: string, level: Level, [finding, reason, nextStep]: Words): Finding {
  return { id, level, finding, reason, nextStep };
}
