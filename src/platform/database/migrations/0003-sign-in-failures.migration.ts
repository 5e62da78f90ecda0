import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Failed sign-ins of patients, whom the EHR does not count: SHA-256 of the login name in hex, moments in epoch milliseconds. */
export class SignInFailures1764000000003 implements MigrationInterface {
  readonly name = 'SignInFailures1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_login_failure (
    login_name_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_failure_at BIGINT NULL)${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_login_failure');
  }
}
