import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isEmbedded } from './dialect.js';

/** Bounded texts: what a browser says of itself, and the address it came from (an IPv6 address with a zone has 45 characters and more). */
const SESSION_COLUMNS = ['user_agent VARCHAR(255) NULL', 'address VARCHAR(64) NULL'];

/** With which browser a session began, and from where; and grants by the person who gave them. */
export class Account1764000000013 implements MigrationInterface {
  readonly name = 'Account1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of SESSION_COLUMNS) await runner.query(`ALTER TABLE oauth2_session ADD COLUMN ${column}`);
    await runner.query('CREATE INDEX oauth2_grant_subject ON oauth2_grant (subject)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX oauth2_grant_subject${isEmbedded(runner) ? '' : ' ON oauth2_grant'}`);
    for (const column of [...SESSION_COLUMNS].reverse()) {
      await runner.query(`ALTER TABLE oauth2_session DROP COLUMN ${column.slice(0, column.indexOf(' '))}`);
    }
  }
}
