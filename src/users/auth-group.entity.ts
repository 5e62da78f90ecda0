import { PrimaryColumn } from 'typeorm';
import { Text, wholeNumber } from '../platform/database/columns.js';
import { EhrTable } from '../platform/ehr/ehr-table.js';

/** Authorization group of a member of staff; without a row nobody signs in. Read only. */
@EhrTable('groups')
export class AuthGroup {
  @PrimaryColumn({ name: 'id', type: 'bigint', transformer: wholeNumber })
  id!: number;

  @Text('name', { nullable: true })
  name!: string | null;

  @Text('user', { nullable: true })
  username!: string | null;
}
