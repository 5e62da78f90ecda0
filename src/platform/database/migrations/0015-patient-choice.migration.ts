import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Whose record a waiting request is about, and whom a member of staff chose before. Moments are epoch milliseconds. */
export class PatientChoice1764000000015 implements MigrationInterface {
  readonly name = 'PatientChoice1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth2_interaction ADD COLUMN chosen_patient VARCHAR(36) NULL');
    await runner.query('ALTER TABLE oauth2_interaction ADD COLUMN chosen_by VARCHAR(36) NULL');
    await runner.query(`CREATE TABLE oauth2_patient_choice (
    subject VARCHAR(36) NOT NULL,
    patient_number BIGINT NOT NULL,
    chosen_at BIGINT NOT NULL,
    PRIMARY KEY (subject, patient_number))${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_patient_choice');
    await runner.query('ALTER TABLE oauth2_interaction DROP COLUMN chosen_by');
    await runner.query('ALTER TABLE oauth2_interaction DROP COLUMN chosen_patient');
  }
}
