import type { DataSource } from 'typeorm';

/** @returns the EHR's major version, or 0 when its table `version` is empty; the table has no key, so no entity maps it */
export async function readMajorVersion(source: DataSource): Promise<number> {
  const [row] = await source.query<Array<{ v_major: unknown }>>('SELECT v_major FROM version');
  return Number(row?.v_major ?? 0);
}
