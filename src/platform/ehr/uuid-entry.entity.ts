import { Name, WholeNumber } from '../database/columns.js';
import { EhrDateTime, EhrTable, EhrUuid } from './ehr-table.js';

/** The EHR's list of every uuid it gave out. Insert only. */
@EhrTable('uuid_registry')
export class UuidEntry {
  @EhrUuid('uuid', { primary: true, nullable: false })
  uuid!: string;

  @Name('table_name')
  tableName!: string;

  /** Name of the column that is the key of that table. */
  @Name('table_id')
  keyColumn!: string;

  @Name('table_vertical')
  vertical!: string;

  @Name('couchdb')
  couchdb!: string;

  @WholeNumber('document_drive')
  documentDrive!: number;

  @WholeNumber('mapped')
  mapped!: number;

  /** A TIMESTAMP: see EhrClock.timestampText. */
  @EhrDateTime('created')
  createdAt!: string | null;
}
