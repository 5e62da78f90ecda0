import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isEmbedded } from './dialect.js';

/** Sessions that were not used for too long are found without reading all of them. */
export class SessionRest1764000000022 implements MigrationInterface {
  readonly name = 'SessionRest1764000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX oauth2_session_rest ON oauth2_session (role, last_seen_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX oauth2_session_rest${isEmbedded(runner) ? '' : ' ON oauth2_session'}`);
  }
}
