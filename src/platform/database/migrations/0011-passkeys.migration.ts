import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Identifiers of keys and challenges are SHA-256 in hex, moments are epoch milliseconds. The same text serves both databases. */
const TABLES: Readonly<Record<string, string>> = {
  oauth2_passkey: `
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    credential_id TEXT NOT NULL,
    subject VARCHAR(36) NOT NULL,
    role VARCHAR(8) NOT NULL,
    label VARCHAR(64) NOT NULL,
    public_key TEXT NOT NULL,
    counter BIGINT NOT NULL,
    transports VARCHAR(255) NOT NULL,
    is_synced SMALLINT NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NULL`,
  oauth2_webauthn_challenge: `
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    purpose VARCHAR(128) NOT NULL,
    expires_at BIGINT NOT NULL`,
};

const INDEXES: readonly string[] = [
  'CREATE INDEX oauth2_passkey_subject ON oauth2_passkey (subject)',
  'CREATE INDEX oauth2_webauthn_challenge_expiry ON oauth2_webauthn_challenge (expires_at)',
];

/** Passkeys and security keys, and the challenges that they have been given. */
export class Passkeys1764000000011 implements MigrationInterface {
  readonly name = 'Passkeys1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(TABLES)) await runner.query(`CREATE TABLE ${name} (${columns})${tableOptions(runner)}`);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TABLES).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
