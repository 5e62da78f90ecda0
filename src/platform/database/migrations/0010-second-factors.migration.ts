import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Secrets are sealed as the EHR seals its own, codes are SHA-256 in hex, moments are epoch milliseconds. The same text serves both databases. */
const TABLES: Readonly<Record<string, string>> = {
  oauth2_patient_totp: `
    subject VARCHAR(36) NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL`,
  oauth2_totp_enrolment: `
    subject VARCHAR(36) NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL,
    expires_at BIGINT NOT NULL`,
  oauth2_recovery_code: `
    code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    subject VARCHAR(36) NOT NULL,
    used_at BIGINT NULL`,
  oauth2_mfa_state: `
    subject VARCHAR(36) NOT NULL PRIMARY KEY,
    required_since BIGINT NULL,
    reset_at BIGINT NULL`,
};

const INDEXES: readonly string[] = [
  'CREATE INDEX oauth2_recovery_code_subject ON oauth2_recovery_code (subject)',
  'CREATE INDEX oauth2_totp_enrolment_expiry ON oauth2_totp_enrolment (expires_at)',
];

/** Second factors of our own, and that a person has seen the page about them while a request waits. */
export class SecondFactors1764000000010 implements MigrationInterface {
  readonly name = 'SecondFactors1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(TABLES)) await runner.query(`CREATE TABLE ${name} (${columns})${tableOptions(runner)}`);
    for (const index of INDEXES) await runner.query(index);
    await runner.query('ALTER TABLE oauth2_interaction ADD COLUMN is_enrolment_put_off SMALLINT NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth2_interaction DROP COLUMN is_enrolment_put_off');
    for (const name of Object.keys(TABLES).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
