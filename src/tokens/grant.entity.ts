import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Json, Name, Words } from '../platform/database/columns.js';

/** What one authorization allowed: the family to which its tokens belong. It ends as a whole (RFC 9700 §4.14). */
@Entity({ name: 'oauth2_grant' })
export class GrantRecord {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 43 })
  id!: string;

  @Name('client_id')
  clientId!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  @Name('role')
  role!: 'users' | 'patient' | 'system';

  /** Grant type it began with. */
  @Name('grant_type')
  grantType!: string;

  @Words('scope')
  scope!: string[];

  /** Public name of the browser session; null without a browser. */
  @Name('sid', { nullable: true })
  sid!: string | null;

  @Instant('auth_time', { nullable: true })
  authTime!: Date | null;

  @Words('amr')
  amr!: string[];

  @Name('acr', { nullable: true })
  acr!: string | null;

  /** SMART launch context; {} when none. */
  @Json('launch_context')
  launchContext!: Record<string, unknown>;

  @Instant('created_at')
  createdAt!: Date;

  /** Cleanup may remove it from here on. */
  @Instant('expires_at')
  expiresAt!: Date;

  @Instant('ended_at', { nullable: true })
  endedAt!: Date | null;
}
