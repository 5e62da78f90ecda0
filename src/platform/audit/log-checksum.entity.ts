import { PrimaryGeneratedColumn } from 'typeorm';
import { Name, Text, WholeNumber } from '../database/columns.js';
import { EhrTable } from '../ehr/ehr-table.js';

/** What lets the EHR notice that a line of its audit log was altered: one row for each line. Insert only. */
@EhrTable('log_comment_encrypt')
export class LogChecksum {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** `log.id`. */
  @WholeNumber('log_id')
  logId!: number;

  /** Whether the comment of the line is encrypted: `Yes` or `No`. */
  @Name('encrypt')
  encrypted!: string;

  /** SHA3-512 of the line, hex. */
  @Text('checksum', { nullable: true })
  checksum!: string | null;

  /** The same of the API call that belongs to the line; '' when none does. */
  @Text('checksum_api', { nullable: true })
  apiChecksum!: string | null;

  /** How the two were made. */
  @WholeNumber('version')
  version!: number;
}
