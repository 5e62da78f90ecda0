import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Who signed in or failed to, when and from where: what a person is shown of their own account. Moments are epoch milliseconds. */
export class SignInHistory1764000000014 implements MigrationInterface {
  readonly name = 'SignInHistory1764000000014';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_sign_in (
    id VARCHAR(22) NOT NULL PRIMARY KEY,
    subject VARCHAR(36) NOT NULL,
    happened_at BIGINT NOT NULL,
    outcome VARCHAR(16) NOT NULL,
    amr VARCHAR(255) NOT NULL,
    client_id VARCHAR(80) NULL,
    address VARCHAR(64) NULL,
    user_agent VARCHAR(255) NULL)${tableOptions(runner)}`);
    await runner.query('CREATE INDEX oauth2_sign_in_person ON oauth2_sign_in (subject, happened_at)');
    await runner.query('CREATE INDEX oauth2_sign_in_age ON oauth2_sign_in (happened_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_sign_in');
  }
}
