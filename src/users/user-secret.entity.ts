import { PrimaryColumn } from 'typeorm';
import { Name, WholeNumber, wholeNumber } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

/** Password hash and failure counters of a member of staff. */
@EhrTable('users_secure')
export class UserSecret {
  /** `users.id`. */
  @PrimaryColumn({ name: 'id', type: 'bigint', transformer: wholeNumber })
  userId!: number;

  @Name('username', { nullable: true })
  username!: string | null;

  @Name('password', { nullable: true })
  passwordHash!: string | null;

  @Name('password_history1', { nullable: true })
  formerHash1!: string | null;

  @Name('password_history2', { nullable: true })
  formerHash2!: string | null;

  @Name('password_history3', { nullable: true })
  formerHash3!: string | null;

  /** The oldest that is kept. */
  @Name('password_history4', { nullable: true })
  formerHash4!: string | null;

  @EhrDateTime('last_update_password')
  passwordChangedAt!: string | null;

  /** Failures since the last success. */
  @WholeNumber('login_fail_counter', { nullable: true })
  failures!: number | null;

  /** Failures ever. */
  @Since('7.0.2', 'failures are counted since the last success alone')
  @WholeNumber('total_login_fail_counter', { nullable: true })
  totalFailures: number | null = null;

  @Since('7.0.2', 'a lockout of a member of staff ends only when the EHR resets the counter, as in that version')
  @EhrDateTime('last_login_fail')
  lastFailureAt: string | null = null;

  @Since('7.0.2', 'nobody is told of a lockout by e-mail')
  @WholeNumber('auto_block_emailed', { nullable: true })
  blockMailed: number | null = null;
}
