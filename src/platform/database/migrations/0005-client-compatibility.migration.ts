import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Which behaviours of the EHR's own server are restored for which client, and when each was last used (epoch milliseconds). */
export class ClientCompatibility1764000000005 implements MigrationInterface {
  readonly name = 'ClientCompatibility1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_client_compatibility (
    client_id VARCHAR(80) NOT NULL,
    switch VARCHAR(64) NOT NULL,
    allowed_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, switch))${tableOptions(runner)}`);
    await runner.query(`CREATE TABLE oauth2_compatibility_use (
    client_id VARCHAR(80) NOT NULL,
    switch VARCHAR(64) NOT NULL,
    last_used_at BIGINT NOT NULL,
    PRIMARY KEY (client_id, switch))${tableOptions(runner)}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_compatibility_use');
    await runner.query('DROP TABLE oauth2_client_compatibility');
  }
}
