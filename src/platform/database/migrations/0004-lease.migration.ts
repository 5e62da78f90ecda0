import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Work that one replica does at a time: who does it, and until when the others leave it alone (epoch milliseconds). */
export class Lease1764000000004 implements MigrationInterface {
  readonly name = 'Lease1764000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_lease (
    name VARCHAR(64) NOT NULL PRIMARY KEY,
    holder VARCHAR(43) NOT NULL,
    expires_at BIGINT NOT NULL)${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_lease');
  }
}
