const TEXT = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d{1,6})?$/;
const DAY = 86_400_000;
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Whether the name of a zone is known here, for example `America/New_York` or `UTC`. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone !== '' && formatterOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/**
 * Writes a moment as the EHR does: wall-clock time of its zone, in whole seconds, without saying which zone.
 * @param zone IANA name
 * @returns `YYYY-MM-DD HH:MM:SS`
 * @throws RangeError for an unknown zone or an invalid date
 */
export function toLocalText(moment: Date, zone: string): string {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(moment)) parts[type] = value;
  const year = (parts['year'] ?? '').padStart(4, '0');
  return `${year}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}`;
}

/**
 * Reads a wall-clock time of the EHR. An hour that happens twice (end of summer time) is taken as its first occurrence; a time that the
 * clock skipped is moved on by the length of the gap. PHP does both alike.
 * @param text `YYYY-MM-DD HH:MM:SS`, a fraction is dropped; NULL, '' and the zero date stand for "never"
 * @param zone IANA name
 * @returns the moment, or null for "never"
 * @throws RangeError for any other text and for an unknown zone
 */
export function fromLocalText(text: string | null, zone: string): Date | null {
  if (text === null || text === '' || text.startsWith('0000-00-00')) return null;
  const [, date, time] = TEXT.exec(text) ?? [];
  const wall = Date.parse(`${date}T${time}Z`);
  if (date === undefined || time === undefined || Number.isNaN(wall)) throw new RangeError('not a date and time of the EHR');
  if (new Date(wall).toISOString().slice(0, 10) !== date) throw new RangeError('a day that no calendar has');
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const possible = [wall - before, wall - after].filter((moment) => moment + offsetAt(moment, zone) === wall);
  return new Date(possible.length > 0 ? Math.min(...possible) : wall - before);
}

/** Milliseconds that the zone's wall clock is ahead of UTC at a moment, in whole seconds. */
function offsetAt(moment: number, zone: string): number {
  const wall = Date.parse(`${toLocalText(new Date(moment), zone).replace(' ', 'T')}Z`);
  return wall - Math.floor(moment / 1000) * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}
