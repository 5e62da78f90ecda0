import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../platform/database/columns.js';

/** What is remembered of a person about second factors, whether or not they have one. */
@Entity({ name: 'oauth2_mfa_state' })
export class MfaState {
  /** uuid text: `sub`. */
  @PrimaryColumn({ name: 'subject', type: 'varchar', length: 36 })
  subject!: string;

  /** First sign-in while a second factor was required and there was none: grace counts from here. */
  @Instant('required_since', { nullable: true })
  requiredSince!: Date | null;

  /** When an administrator took their factors away; null once they have been told. */
  @Instant('reset_at', { nullable: true })
  resetAt!: Date | null;
}
