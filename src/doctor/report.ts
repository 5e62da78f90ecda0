import { nameList } from './name-list.js';
import type { Finding, Level } from './check.js';
import type { Report } from './doctor.js';

const MARKS: Readonly<Record<Level, string>> = { ok: 'ok     ', info: 'info   ', warning: 'WARNING', error: 'ERROR  ' };
const INDENT = ' '.repeat(10);

/** What the report comes to: `fine`, `found` a warning or an error, or `failed` for want of a database. */
export function verdictOf({ isComplete, findings }: Report): 'fine' | 'found' | 'failed' {
  if (!isComplete) return 'failed';
  return findings.some(({ level }) => level === 'warning' || level === 'error') ? 'found' : 'fine';
}

/** The report for people, in lines. */
export function reportLines(report: Report): string[] {
  const { findings, skipped } = report;
  const count = (level: Level): number => findings.filter((finding) => finding.level === level).length;
  return [
    ...findings.flatMap(findingLines),
    ...skipped.map(({ id, because }) => `skipped   ${id}: it needs what is missing above (${nameList(because)})`),
    '',
    `${count('error')} errors, ${count('warning')} warnings, ${skipped.length} checks skipped`,
  ];
}

function findingLines({ id, level, finding, reason, nextStep }: Finding): string[] {
  const first = `${MARKS[level]}   ${id}: ${finding}`;
  return reason === null || nextStep === null ? [first] : [first, `${INDENT}why:  ${reason}`, `${INDENT}next: ${nextStep}`];
}
