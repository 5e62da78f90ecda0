import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Text } from '../platform/database/columns.js';

/** What one of our keys says of another: that it is ours too. No secret. */
@Entity({ name: 'oauth2_key_voucher' })
export class KeyVoucher {
  /** `kid` of the key that it is about. */
  @PrimaryColumn({ name: 'kid', type: 'varchar', length: 64 })
  keyId!: string;

  /** `kid` of the key that says so. */
  @PrimaryColumn({ name: 'vouched_by', type: 'varchar', length: 64 })
  vouchedBy!: string;

  /** JWT signed by the latter. */
  @Text('statement')
  statement!: string;

  @Instant('expires_at')
  expiresAt!: Date;
}
