import { PrimaryGeneratedColumn } from 'typeorm';
import { Name, Text, WholeNumber } from '../database/columns.js';
import { EhrDateTime, EhrTable } from '../ehr/ehr-table.js';

/** The HTTP request behind a line of the EHR's audit log. Insert only. */
@EhrTable('api_log')
export class ApiLogEntry {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** `log.id`. */
  @WholeNumber('log_id')
  logId!: number;

  /** `users.id`; 0 when it is nobody's, or not known. */
  @WholeNumber('user_id')
  userId!: number;

  /** `patient_data.pid`; 0 when the line is about no patient. */
  @WholeNumber('patient_id')
  patientNumber!: number;

  @Name('ip_address')
  address!: string;

  @Name('method')
  method!: string;

  /** Name of the endpoint. */
  @Name('request')
  endpoint!: string;

  /** The path alone: what stands in a query may be a secret. */
  @Text('request_url', { nullable: true })
  path!: string | null;

  /** Always '': bodies hold passwords, codes and tokens. */
  @Text('request_body', { nullable: true })
  requestBody!: string | null;

  /** Always '', for the same reason. */
  @Text('response', { nullable: true })
  response!: string | null;

  /** A TIMESTAMP, of the same moment as the line. */
  @EhrDateTime('created_time')
  createdAt!: string | null;
}
