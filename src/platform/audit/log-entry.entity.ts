import { PrimaryGeneratedColumn } from 'typeorm';
import { Name, Text, WholeNumber } from '../database/columns.js';
import { EhrDateTime, EhrTable } from '../ehr/ehr-table.js';

/** A line of the EHR's audit log. Insert only. */
@EhrTable('log')
export class LogEntry {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  @EhrDateTime('date')
  date!: string | null;

  @Name('event', { nullable: true })
  event!: string | null;

  @Name('category', { nullable: true })
  category!: string | null;

  /** Login name as sent; '' when there is none. */
  @Name('user', { nullable: true })
  user!: string | null;

  @Name('groupname', { nullable: true })
  groupName!: string | null;

  /** base64 of the text. */
  @Text('comments', { nullable: true })
  comments!: string | null;

  @Text('user_notes', { nullable: true })
  userNotes!: string | null;

  /** `patient_data.pid`. */
  @WholeNumber('patient_id', { nullable: true })
  patientNumber!: number | null;

  /** 1 or 0. */
  @WholeNumber('success', { nullable: true })
  success!: number | null;

  @Name('crt_user', { nullable: true })
  certificateUser!: string | null;

  @Name('log_from', { nullable: true })
  source!: string | null;
}
