import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Failed sign-ins by address, for an EHR that has no table `ip_tracking`: moments in epoch milliseconds. */
export class AddressFailures1764000000007 implements MigrationInterface {
  readonly name = 'AddressFailures1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_address_failure (
    address VARCHAR(64) NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_failure_at BIGINT NULL)${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_address_failure');
  }
}
