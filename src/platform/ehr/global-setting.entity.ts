import { PrimaryColumn } from 'typeorm';
import { Name } from '../database/columns.js';
import { EhrTable } from './ehr-table.js';

/** A setting of the EHR. Read only. */
@EhrTable('globals')
export class GlobalSetting {
  @PrimaryColumn({ name: 'gl_name', type: 'varchar', length: 63 })
  name!: string;

  @PrimaryColumn({ name: 'gl_index', type: 'integer' })
  index!: number;

  @Name('gl_value')
  value!: string;
}
