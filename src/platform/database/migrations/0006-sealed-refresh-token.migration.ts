import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isEmbedded } from './dialect.js';

const INDEX = 'oauth2_issuance_sealed';

/** By which a refresh token in the EHR's form is found without opening it: SHA-256 of its text, hex. */
export class SealedRefreshToken1764000000006 implements MigrationInterface {
  readonly name = 'SealedRefreshToken1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE oauth2_issuance ADD COLUMN sealed_hash VARCHAR(64) NULL');
    await runner.query(`CREATE UNIQUE INDEX ${INDEX} ON oauth2_issuance (sealed_hash)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX ${INDEX}${isEmbedded(runner) ? '' : ' ON oauth2_issuance'}`);
    await runner.query('ALTER TABLE oauth2_issuance DROP COLUMN sealed_hash');
  }
}
