import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** What replicas tell each other of requests that they have counted. A row is written by one replica alone, and always in all. */
export class RateCount1764000000021 implements MigrationInterface {
  readonly name = 'RateCount1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_rate_count (
    id CHAR(43) NOT NULL,
    window_start BIGINT NOT NULL,
    replica CHAR(16) NOT NULL,
    hits BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (id, window_start, replica))${tableOptions(runner)}`);
    await runner.query('CREATE INDEX oauth2_rate_count_expires_at ON oauth2_rate_count (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_rate_count');
  }
}
