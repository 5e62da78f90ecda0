import { PrimaryGeneratedColumn } from 'typeorm';
import { Flag, Name, WholeNumber } from '../database/columns.js';
import { EhrDateTime, EhrTable } from '../ehr/ehr-table.js';
import { Since } from '../ehr/since.js';

/** Failed sign-ins from one address, counted by the EHR and by us together. */
@Since('7.0.2', 'failures by address are counted in oauth2_address_failure, for this server alone')
@EhrTable('ip_tracking')
export class IpAttempt {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  @Name('ip_string', { nullable: true })
  address!: string | null;

  /** Failures since the last success. */
  @WholeNumber('ip_login_fail_counter', { nullable: true })
  failures!: number | null;

  /** Failures ever. */
  @WholeNumber('total_ip_login_fail_counter', { nullable: true })
  totalFailures!: number | null;

  @EhrDateTime('ip_last_login_fail')
  lastFailureAt!: string | null;

  @WholeNumber('ip_auto_block_emailed', { nullable: true })
  blockMailed!: number | null;

  /** Set by an administrator: always refused. */
  @Flag('ip_force_block', { nullable: true })
  isBlocked!: boolean;
}
