import { Entity, PrimaryColumn } from 'typeorm';
import { WholeNumber, wholeNumber } from '../platform/database/columns.js';

/** The newest time step whose code a person has used: a one-time code is good once (RFC 6238 §5.2). */
@Entity({ name: 'oauth2_totp_step' })
export class AcceptedCode {
  /** `users.id`. */
  @PrimaryColumn({ name: 'user_id', type: 'bigint', transformer: wholeNumber })
  userId!: number;

  /** Number of 30-second steps since 1970. */
  @WholeNumber('last_step')
  lastStep!: number;
}
