import type { DataSource } from 'typeorm';

/** @returns the moment that the database server has, in whole milliseconds; MySQL and MariaDB only */
export async function readDatabaseTime(source: DataSource): Promise<Date> {
  const [row] = await source.query<Array<{ seconds: unknown }>>('SELECT UNIX_TIMESTAMP(NOW(3)) AS seconds');
  return new Date(Math.round(Number(row?.seconds) * 1000));
}
