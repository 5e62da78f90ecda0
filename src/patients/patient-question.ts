/** Characters below which a search would show half the clinic. */
export const SHORTEST_SEARCH = 2;
/** Characters that are read; what follows is cut off. */
export const LONGEST_SEARCH = 100;
/** Digits from which on a number may be a part of a phone number. */
const SHORTEST_PHONE = 5;

/** A number as somebody typed it. */
export interface NumberTerm {
  readonly text: string;
  /** Its digits alone. */
  readonly digits: string;
  /** Whether it is long enough to be a part of a phone number. */
  readonly mayBePhone: boolean;
}

/** What somebody knows about a patient; all of it must fit. */
export interface PatientQuestion {
  /** Beginnings of names, in any order. */
  readonly names: readonly string[];
  /** Record numbers, or parts of phone numbers. */
  readonly numbers: readonly NumberTerm[];
  /** Readings of the birth date, `YYYY-MM-DD`; empty when none was typed. */
  readonly birthDates: readonly string[];
}

/** In which order a language writes a date that has the year at its end. */
export type DateOrder = 'day first' | 'month first';

/** @param language BCP 47 */
export function dateOrderOf(language: string): DateOrder {
  const parts = new Intl.DateTimeFormat(language, { dateStyle: 'short', calendar: 'gregory' }).formatToParts(new Date(0));
  const types = parts.map(({ type }) => type);
  return types.indexOf('month') < types.indexOf('day') ? 'month first' : 'day first';
}

/** The text as it is searched for: blanks of any kind are one blank, digits of other scripts are ours, and too much is cut off. */
export function searchText(typed: string): string {
  const plain = typed
    .normalize('NFC')
    .replaceAll(/[٠-٩]/gu, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replaceAll(/[۰-۹]/gu, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return [...plain].slice(0, LONGEST_SEARCH).join('').trim();
}

/**
 * Reads what somebody typed into the one field: names, a birth date, record and phone numbers, in any order.
 * @param text from `searchText`
 * @returns null when it is too short to search for; a record number may be one digit
 */
export function readQuestion(text: string, order: DateOrder): PatientQuestion | null {
  const dates: string[] = [];
  const rest = text.replaceAll(DATE, (typed, ...groups: Array<string | undefined>) => {
    const found = readDate(groups, order);
    if (dates.length > 0 || found.length === 0) return typed;
    dates.push(...found);
    return ' ';
  });
  const terms = isOneNumber(rest) ? [rest.trim()] : rest.split(/[\s,;]+/).filter((term) => /[\p{L}\p{N}]/u.test(term));
  const numbers = terms.filter(hasDigit).map(numberTerm);
  const names = terms.filter((term) => !hasDigit(term));
  const letters = [...names.join('')].length;
  const isEnough = dates.length > 0 || numbers.length > 0 || letters >= SHORTEST_SEARCH;
  return isEnough ? { names, numbers, birthDates: dates } : null;
}

/** ISO, or with the year at the end, between blanks. */
const DATE = /(?<![^\s,;])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}))(?![^\s,;])/g;

/**
 * A date with dots has the day first wherever it is written; of others, people who write the month first may have copied one that has
 * not, so that both readings count.
 */
function readDate([year, month, day, first, separator, second, lastYear]: ReadonlyArray<string | undefined>, order: DateOrder): string[] {
  if (year !== undefined) return known([isoDate(year, month, day)]);
  const dayFirst = isoDate(lastYear, second, first);
  const monthFirst = isoDate(lastYear, first, second);
  if (separator !== '.' && order === 'month first') return known([monthFirst, dayFirst]);
  return known([dayFirst ?? monthFirst]);
}

function isoDate(year = '', month = '', day = ''): string | null {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text) ? text : null;
}

function known(readings: ReadonlyArray<string | null>): string[] {
  return [...new Set(readings.filter((reading) => reading !== null))];
}

/** Whether blanks and punctuation only group the digits of one number, as in a phone number. */
function isOneNumber(text: string): boolean {
  return /^[\d\s()+./-]+$/.test(text) && digitsOf(text).length >= SHORTEST_PHONE;
}

function numberTerm(text: string): NumberTerm {
  const digits = digitsOf(text);
  return { text, digits, mayBePhone: digits.length >= SHORTEST_PHONE && !/\p{L}/u.test(text) };
}

function hasDigit(term: string): boolean {
  return /\d/.test(term);
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}
