import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** What clients want of a request that does not say. The EHR has no column for it. */
export class ClientDefaults1764000000017 implements MigrationInterface {
  readonly name = 'ClientDefaults1764000000017';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_client_defaults (
    client_id VARCHAR(80) NOT NULL PRIMARY KEY,
    acr_values TEXT NOT NULL)${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_client_defaults');
  }
}
