import { PrimaryColumn } from 'typeorm';
import { Name, WholeNumber } from '../platform/database/columns.js';
import { EhrTable } from '../platform/ehr/ehr-table.js';

/** A patient's portal account. Written only to upgrade the password hash, and when its owner changes the password. */
@EhrTable('patient_access_onsite')
export class PortalAccount {
  @PrimaryColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** `patient_data.pid`. */
  @WholeNumber('pid', { nullable: true })
  patientNumber!: number | null;

  @Name('portal_username', { nullable: true })
  accountName!: string | null;

  /** The name the patient types. */
  @Name('portal_login_username', { nullable: true })
  loginName!: string | null;

  @Name('portal_pwd', { nullable: true })
  passwordHash!: string | null;

  /** 1 = usable; 0 = made by staff and still to be changed in the portal. */
  @WholeNumber('portal_pwd_status', { nullable: true })
  passwordStatus!: number | null;

  /** Non-empty while activation is pending. */
  @Name('portal_onetime', { nullable: true })
  oneTimeToken!: string | null;
}
