import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** What an operator lets a client do beyond what it registered for. The EHR has no column for it. */
export class ClientMark1764000000025 implements MigrationInterface {
  readonly name = 'ClientMark1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_client_mark (
    client_id VARCHAR(80) NOT NULL,
    mark VARCHAR(32) NOT NULL,
    marked_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, mark))${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_client_mark');
  }
}
