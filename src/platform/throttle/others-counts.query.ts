import type { DataSource } from 'typeorm';
import type { OthersCount } from './count-store.js';

interface Row {
  readonly id: string;
  readonly window_start: number | string;
  readonly hits: number | string;
}

/**
 * What all other replicas have counted together.
 * @param ids of at least one key
 * @param since start of the first window, epoch milliseconds
 */
export async function readOthersCounts(source: DataSource, ids: readonly string[], since: number, replica: string): Promise<OthersCount[]> {
  const places = ids.map(() => '?').join(', ');
  const rows: Row[] = await source.query(
    `SELECT id, window_start, SUM(hits) AS hits FROM oauth2_rate_count WHERE id IN (${places}) AND window_start >= ? AND replica <> ? GROUP BY id, window_start`,
    [...ids, since, replica],
  );
  return rows.map(({ id, window_start, hits }) => ({ id, windowStart: Number(window_start), hits: Number(hits) }));
}
