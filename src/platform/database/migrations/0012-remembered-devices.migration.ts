import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Hashes are SHA-256 in hex, moments are epoch milliseconds. The same text serves both databases. */
const TABLES: Readonly<Record<string, string>> = {
  oauth2_remembered_device: `
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    handle VARCHAR(43) NOT NULL,
    subject VARCHAR(36) NOT NULL,
    password_mark VARCHAR(64) NOT NULL,
    label VARCHAR(255) NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL`,
};

const INDEXES: readonly string[] = [
  'CREATE INDEX oauth2_remembered_device_subject ON oauth2_remembered_device (subject)',
  'CREATE INDEX oauth2_remembered_device_expiry ON oauth2_remembered_device (expires_at)',
];

/** Browsers that are not asked for a second factor for a while. */
export class RememberedDevices1764000000012 implements MigrationInterface {
  readonly name = 'RememberedDevices1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(TABLES)) await runner.query(`CREATE TABLE ${name} (${columns})${tableOptions(runner)}`);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TABLES).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
