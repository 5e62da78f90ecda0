import type { MigrationInterface, QueryRunner } from 'typeorm';
import { EHR_BASELINE } from '../embedded/ehr-baseline.js';
import { isEmbedded } from './dialect.js';

/** The EHR's tables, on the embedded database only: a real EHR database has its own, and nothing of them is touched. */
export class EhrBaseline1764000000001 implements MigrationInterface {
  readonly name = 'EhrBaseline1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    if (!isEmbedded(runner)) return;
    for (const statement of EHR_BASELINE) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (!isEmbedded(runner)) return;
    const tables = EHR_BASELINE.map((statement) => /^\s*CREATE TABLE [`"]?(\w+)/i.exec(statement)?.[1]).filter(
      (name) => name !== undefined,
    );
    for (const table of tables.reverse()) await runner.query(`DROP TABLE \`${table}\``);
  }
}
