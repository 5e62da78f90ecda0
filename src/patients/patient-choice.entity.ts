import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, wholeNumber } from '../platform/database/columns.js';

/** A patient whose record a member of staff opened an app for. */
@Entity({ name: 'oauth2_patient_choice' })
export class PatientChoice {
  /** uuid text: `sub`. */
  @PrimaryColumn({ name: 'subject', type: 'varchar', length: 36 })
  subject!: string;

  /** `patient_data.pid` */
  @PrimaryColumn({ name: 'patient_number', type: 'bigint', transformer: wholeNumber })
  patientNumber!: number;

  @Instant('chosen_at')
  chosenAt!: Date;
}
