import { PrimaryGeneratedColumn } from 'typeorm';
import { Name, Text } from '../database/columns.js';
import { EhrTable } from './ehr-table.js';

/** Key material of the EHR. Written only when a new embedded site is made. */
@EhrTable('keys')
export class EhrKey {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  @Name('name')
  name!: string;

  @Text('value', { nullable: true })
  value!: string | null;
}
