import { PrimaryColumn } from 'typeorm';
import { Name, WholeNumber, wholeNumber } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';

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
  @WholeNumber('total_login_fail_counter', { nullable: true })
  totalFailures!: number | null;

  @EhrDateTime('last_login_fail')
  lastFailureAt!: string | null;

  @WholeNumber('auto_block_emailed', { nullable: true })
  blockMailed!: number | null;
}
