import type { QueryRunner } from 'typeorm';

/** Whether the migration runs on the embedded database. */
export function isEmbedded(runner: QueryRunner): boolean {
  return runner.dataSource.options.type === 'better-sqlite3';
}

/** What ends a `CREATE TABLE`: on MySQL our identifiers compare byte for byte, whatever the default of the EHR's database. */
export function tableOptions(runner: QueryRunner): string {
  return isEmbedded(runner) ? '' : ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
}
