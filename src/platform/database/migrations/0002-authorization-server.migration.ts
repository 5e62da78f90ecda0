import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tableOptions } from './dialect.js';

/** Moments are epoch milliseconds, identifiers of secrets are SHA-256 in hex. The same text serves both databases. */
const TABLES: Readonly<Record<string, string>> = {
  oauth2_session: `
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    sid VARCHAR(43) NOT NULL,
    subject VARCHAR(36) NOT NULL,
    role VARCHAR(8) NOT NULL,
    username VARCHAR(255) NOT NULL,
    auth_time BIGINT NOT NULL,
    amr VARCHAR(255) NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL`,
  oauth2_interaction: `
    id VARCHAR(43) NOT NULL PRIMARY KEY,
    browser_hash VARCHAR(64) NOT NULL,
    client_id VARCHAR(80) NOT NULL,
    request TEXT NOT NULL,
    pending_subject VARCHAR(36) NULL,
    pending_role VARCHAR(8) NULL,
    proven_sid VARCHAR(43) NULL,
    expected_subject VARCHAR(255) NULL,
    granted_scope TEXT NULL,
    decided_by VARCHAR(36) NULL,
    is_remembered SMALLINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT NULL`,
  oauth2_authorization_code: `
    code_hash VARCHAR(64) NOT NULL PRIMARY KEY,
    grant_id VARCHAR(43) NOT NULL,
    client_id VARCHAR(80) NOT NULL,
    subject VARCHAR(36) NOT NULL,
    role VARCHAR(8) NOT NULL,
    redirect_uri TEXT NOT NULL,
    redirect_uri_was_sent SMALLINT NOT NULL,
    scope TEXT NOT NULL,
    requested_scope TEXT NOT NULL,
    state TEXT NULL,
    nonce TEXT NULL,
    code_challenge VARCHAR(128) NULL,
    sid VARCHAR(43) NOT NULL,
    auth_time BIGINT NOT NULL,
    amr VARCHAR(255) NOT NULL,
    acr VARCHAR(255) NOT NULL,
    is_remembered SMALLINT NOT NULL,
    launch_context TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT NULL`,
  oauth2_grant: `
    id VARCHAR(43) NOT NULL PRIMARY KEY,
    client_id VARCHAR(80) NOT NULL,
    subject VARCHAR(36) NOT NULL,
    role VARCHAR(8) NOT NULL,
    grant_type VARCHAR(64) NOT NULL,
    scope TEXT NOT NULL,
    sid VARCHAR(43) NULL,
    auth_time BIGINT NULL,
    amr VARCHAR(255) NOT NULL,
    acr VARCHAR(255) NULL,
    launch_context TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT NULL`,
  oauth2_issuance: `
    jti VARCHAR(80) NOT NULL PRIMARY KEY,
    grant_id VARCHAR(43) NOT NULL,
    refresh_identifier VARCHAR(80) NULL,
    scope TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    rotated_at BIGINT NULL,
    successor_jti VARCHAR(80) NULL`,
  oauth2_totp_step: `
    user_id BIGINT NOT NULL PRIMARY KEY,
    last_step BIGINT NOT NULL`,
};

const INDEXES: readonly string[] = [
  'CREATE UNIQUE INDEX oauth2_session_sid ON oauth2_session (sid)',
  'CREATE INDEX oauth2_session_subject ON oauth2_session (subject)',
  'CREATE INDEX oauth2_session_expiry ON oauth2_session (expires_at)',
  'CREATE INDEX oauth2_interaction_expiry ON oauth2_interaction (expires_at)',
  'CREATE INDEX oauth2_code_holder ON oauth2_authorization_code (client_id, subject)',
  'CREATE INDEX oauth2_code_expiry ON oauth2_authorization_code (expires_at)',
  'CREATE INDEX oauth2_grant_holder ON oauth2_grant (client_id, subject)',
  'CREATE INDEX oauth2_grant_session ON oauth2_grant (sid)',
  'CREATE INDEX oauth2_grant_expiry ON oauth2_grant (expires_at)',
  'CREATE INDEX oauth2_issuance_grant ON oauth2_issuance (grant_id)',
  'CREATE UNIQUE INDEX oauth2_issuance_refresh ON oauth2_issuance (refresh_identifier)',
  'CREATE INDEX oauth2_issuance_expiry ON oauth2_issuance (expires_at)',
];

/** The tables of our own. */
export class AuthorizationServer1764000000002 implements MigrationInterface {
  readonly name = 'AuthorizationServer1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(TABLES)) await runner.query(`CREATE TABLE ${name} (${columns})${tableOptions(runner)}`);
    for (const index of INDEXES) await runner.query(index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(TABLES).reverse()) await runner.query(`DROP TABLE ${name}`);
  }
}
