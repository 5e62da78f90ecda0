import type { FetchedDocument } from './fetch-document.js';

const SHORTEST = 60;
const LONGEST = 3600;
/** Where nothing is said. */
const DEFAULT = 300;

/**
 * For how long a key set is kept without asking again: as long as its headers say, within bounds. Shorter would let anyone send us there at
 * will, longer would keep a key in force that was taken back.
 * @returns seconds
 * @see RFC 9111 §4.2.1, §5.2.2, §5.3
 */
export function cacheLifetime({ cacheControl, expires, date }: Omit<FetchedDocument, 'body'>, now: Date): number {
  return Math.min(LONGEST, Math.max(SHORTEST, said(cacheControl ?? '', expires, Date.parse(date ?? '') || now.getTime())));
}

function said(cacheControl: string, expires: string | undefined, answeredAt: number): number {
  if (/(?:^|[\s,])no-(?:store|cache)(?:$|[\s,=])/i.test(cacheControl)) return 0;
  const maxAge = /(?:^|[\s,])max-age="?(\d{1,10})/i.exec(cacheControl)?.[1];
  if (maxAge !== undefined) return Number(maxAge); // RFC 9111 §5.3: it wins over Expires
  if (expires === undefined) return DEFAULT;
  const end = Date.parse(expires);
  return Number.isNaN(end) ? 0 : (end - answeredAt) / 1000; // RFC 9111 §5.3: an invalid date has passed
}
