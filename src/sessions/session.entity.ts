import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name, Words } from '../platform/database/columns.js';

/** A person signed in with a browser. */
@Entity({ name: 'oauth2_session' })
export class Session {
  /** SHA-256 of the cookie value, hex. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** Public name of the session in tokens: the `sid` claim. */
  @Name('sid')
  sid!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  /** `users` for staff, `patient` for portal accounts. */
  @Name('role')
  role!: 'users' | 'patient';

  /** Login name as the EHR has it. */
  @Name('username')
  username!: string;

  /** When the person last proved who they are. */
  @Instant('auth_time')
  authTime!: Date;

  /** How they did (RFC 8176). */
  @Words('amr')
  amr!: string[];

  /** What the browser said of itself when the person signed in. */
  @Name('user_agent', { nullable: true })
  userAgent!: string | null;

  /** From where they signed in. */
  @Name('address', { nullable: true })
  address!: string | null;

  @Instant('created_at')
  createdAt!: Date;

  @Instant('last_seen_at')
  lastSeenAt!: Date;

  @Instant('expires_at')
  expiresAt!: Date;
}
