import type { ScratchDatabase } from './mariadb.js';

/** What the schemas of the EHR's releases lack, each beside what the newer ones lack already. @see docs/compatibility.md */
const LACKING: ReadonlyArray<readonly [release: string, statements: readonly string[]]> = [
  ['7.0.2', ['DROP TABLE dsi_source_attributes', 'ALTER TABLE oauth_clients DROP COLUMN dsi_type']],
  [
    '7.0.0',
    [
      'DROP TABLE ip_tracking',
      'ALTER TABLE oauth_clients DROP COLUMN skip_ehr_launch_authorization_flow',
      'ALTER TABLE users_secure DROP COLUMN total_login_fail_counter, DROP COLUMN last_login_fail, DROP COLUMN auto_block_emailed',
      "DELETE FROM globals WHERE gl_name IN ('ip_max_failed_logins', 'ip_time_reset_password_max_failed_logins', 'time_reset_password_max_failed_logins', 'oauth_app_manual_approval')",
      'UPDATE version SET v_major = 7, v_minor = 0, v_patch = 0',
    ],
  ],
  ['6.1', ['ALTER TABLE api_token DROP COLUMN context', 'UPDATE version SET v_major = 6, v_minor = 1']],
  [
    '6.0',
    [
      'DROP TABLE api_refresh_token',
      'DROP TABLE jwt_grant_history',
      'ALTER TABLE api_token DROP COLUMN revoked',
      'UPDATE version SET v_minor = 0',
    ],
  ],
];

/** Releases of the EHR whose schemas lack something, newest first. */
export const OLDER_RELEASES = LACKING.map(([release]) => release);

/** Takes away from the demo EHR what its schema has since a release. */
export async function makeOlder({ query }: Pick<ScratchDatabase, 'query'>, release: string): Promise<void> {
  const last = OLDER_RELEASES.indexOf(release);
  if (last < 0) throw new Error(`no such release: ${release}`);
  for (const statement of LACKING.slice(0, last + 1).flatMap(([, statements]) => statements)) await query(statement);
}
