import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Text, WholeNumber } from '../platform/database/columns.js';

/** The authenticator app of a patient, for whom the EHR has no second factor. */
@Entity({ name: 'oauth2_patient_totp' })
export class PatientTotp {
  /** uuid text: `sub`. */
  @PrimaryColumn({ name: 'subject', type: 'varchar', length: 36 })
  subject!: string;

  /** base32, in the EHR's encryption. */
  @Text('secret')
  secret!: string;

  /** The newest 30-second step whose code was used: a code is good once (RFC 6238 §5.2). */
  @WholeNumber('last_step')
  lastStep!: number;

  @Instant('created_at')
  createdAt!: Date;
}
