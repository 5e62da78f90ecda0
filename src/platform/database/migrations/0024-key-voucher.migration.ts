import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Keys that count beside the one that signs, while keys are changed: the EHR has room for one pair. */
export class KeyVoucher1764000000024 implements MigrationInterface {
  readonly name = 'KeyVoucher1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_key_voucher (
    kid VARCHAR(64) NOT NULL,
    vouched_by VARCHAR(64) NOT NULL,
    statement TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (kid, vouched_by))${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_key_voucher');
  }
}
