import { Column, PrimaryColumn } from 'typeorm';
import { Name, wholeNumber } from '../platform/database/columns.js';
import { EhrTable } from '../platform/ehr/ehr-table.js';

/** A second factor that a member of staff has enrolled in the EHR. */
@EhrTable('login_mfa_registrations')
export class MfaRegistration {
  /** `users.id`. */
  @PrimaryColumn({ name: 'user_id', type: 'bigint', transformer: wholeNumber })
  userId!: number;

  @PrimaryColumn({ name: 'name', type: 'varchar', length: 30 })
  label!: string;

  /** `TOTP` or `U2F`. */
  @Name('method')
  method!: string;

  /** TOTP: the secret in the EHR's encryption; U2F: the registration as JSON. */
  @Column({ name: 'var1', type: 'varchar' })
  data!: string;

  /** Not used by either kind: the EHR writes an empty text. */
  @Column({ name: 'var2', type: 'varchar' })
  spare!: string;
}
