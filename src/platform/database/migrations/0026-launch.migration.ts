import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Launches of apps, from when they are made until the app comes with them. */
export class Launch1764000000026 implements MigrationInterface {
  readonly name = 'Launch1764000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_launch (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    client_id VARCHAR(80) NOT NULL,
    launch TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NULL)${tableOptions(runner)}`);
    await runner.query('CREATE INDEX oauth2_launch_expires_at ON oauth2_launch (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_launch');
  }
}
