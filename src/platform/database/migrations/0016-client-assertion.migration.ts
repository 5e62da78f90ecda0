import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Client assertions that were accepted: the EHR's own list of them has no unique key, on which two replicas could meet. */
export class ClientAssertion1764000000016 implements MigrationInterface {
  readonly name = 'ClientAssertion1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE oauth2_client_assertion (
    id CHAR(64) NOT NULL PRIMARY KEY,
    client_id VARCHAR(80) NOT NULL,
    jti VARCHAR(255) NOT NULL,
    expires_at BIGINT NOT NULL)${tableOptions(runner)}`);
    await runner.query('CREATE INDEX oauth2_client_assertion_expires_at ON oauth2_client_assertion (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE oauth2_client_assertion');
  }
}
