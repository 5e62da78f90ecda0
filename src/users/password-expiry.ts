const DAY = 86_400_000;

/**
 * Whether a password has grown too old, the days of grace included. The EHR compares days of its own calendar.
 * @param changedAt when it was set, as the EHR writes it; NULL and the zero date never expire
 * @param now the present moment, as the EHR writes it
 * @param days how long it lasts; 0 for ever
 * @param grace further days on which it still works
 */
export function isPasswordExpired(changedAt: string | null, now: string, days: number, grace: number): boolean {
  const changed = dayOf(changedAt ?? '');
  if (days === 0 || Number.isNaN(changed)) return false;
  return dayOf(now) > changed + (days + grace) * DAY;
}

/**
 * The last day on which a password still works that should have been changed already; the parameters are those of `isPasswordExpired`.
 * @returns `YYYY-MM-DD`; null when there is time yet, or none any more
 */
export function findLastDayOfGrace(changedAt: string | null, now: string, days: number, grace: number): string | null {
  const changed = dayOf(changedAt ?? '');
  if (days === 0 || Number.isNaN(changed) || isPasswordExpired(changedAt, now, days, grace)) return null;
  return dayOf(now) > changed + days * DAY ? new Date(changed + (days + grace) * DAY).toISOString().slice(0, 10) : null;
}

/** @returns midnight as a number; NaN for what is no date */
function dayOf(text: string): number {
  return Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
}
