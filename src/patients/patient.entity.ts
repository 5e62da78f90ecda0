import { PrimaryColumn } from 'typeorm';
import { Name, wholeNumber } from '../platform/database/columns.js';
import { EhrTable, EhrUuid } from '../platform/ehr/ehr-table.js';

/** A patient. Written only to fill a missing uuid. */
@EhrTable('patient_data')
export class Patient {
  /** Patient number of the EHR; its own `id` is not unique by the schema. */
  @PrimaryColumn({ name: 'pid', type: 'bigint', transformer: wholeNumber })
  patientNumber!: number;

  /** `sub` of the patient's tokens; FHIR id. */
  @EhrUuid('uuid')
  uuid!: string | null;

  /** The number that people at the clinic know the patient by; the EHR fills in the patient number where they give none. */
  @Name('pubpid')
  recordNumber!: string;

  @Name('fname')
  firstName!: string;

  @Name('mname')
  middleName!: string;

  @Name('lname')
  lastName!: string;

  /** `YYYY-MM-DD`. */
  @Name('DOB', { nullable: true })
  birthDate!: string | null;

  @Name('sex')
  sex!: string;

  @Name('email')
  email!: string;

  @Name('phone_contact')
  phone!: string;

  @Name('phone_home')
  homePhone!: string;

  @Name('phone_biz')
  workPhone!: string;

  @Name('phone_cell')
  mobilePhone!: string;

  @Name('street')
  street!: string;

  @Name('city')
  city!: string;

  @Name('state')
  state!: string;

  @Name('postal_code')
  postalCode!: string;

  /** `YES` lets the patient use portal and apps. */
  @Name('allow_patient_portal')
  allowPortal!: string;
}
