import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, WholeNumber } from '../platform/database/columns.js';

/** Failed sign-ins of one patient, whom the EHR does not count. Kept only for login names that exist. */
@Entity({ name: 'oauth2_login_failure' })
export class LoginFailure {
  /** SHA-256 of the login name, hex. */
  @PrimaryColumn({ name: 'login_name_hash', type: 'varchar', length: 64 })
  loginNameHash!: string;

  /** Since the last success. */
  @WholeNumber('failures')
  failures!: number;

  @Instant('last_failure_at', { nullable: true })
  lastFailureAt!: Date | null;
}
