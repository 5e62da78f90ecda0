import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Text } from '../platform/database/columns.js';

/** The secret of an authenticator app that is being set up, until a code has proven that the app holds it. One for each person. */
@Entity({ name: 'oauth2_totp_enrolment' })
export class TotpEnrolment {
  /** uuid text: `sub`. */
  @PrimaryColumn({ name: 'subject', type: 'varchar', length: 36 })
  subject!: string;

  /** base32, in the EHR's encryption. */
  @Text('secret')
  secret!: string;

  @Instant('expires_at')
  expiresAt!: Date;
}
