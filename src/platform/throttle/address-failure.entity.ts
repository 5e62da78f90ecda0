import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, WholeNumber } from '../database/columns.js';

/** Failed sign-ins from one address, on an EHR that does not count them: see IpAttempt. */
@Entity({ name: 'oauth2_address_failure' })
export class AddressFailure {
  @PrimaryColumn({ name: 'address', type: 'varchar', length: 64 })
  address!: string;

  /** Since the last success. */
  @WholeNumber('failures')
  failures!: number;

  @Instant('last_failure_at', { nullable: true })
  lastFailureAt!: Date | null;
}
