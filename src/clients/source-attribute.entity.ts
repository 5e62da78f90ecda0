import { PrimaryGeneratedColumn } from 'typeorm';
import { Name, Text } from '../platform/database/columns.js';
import { EhrTable } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

/** One answer of a client about how its decision support was made; the EHR shows it to clinicians. @see 45 CFR 170.315(b)(11) */
@Since('7.0.3', 'what a client registers about decision support is ignored')
@EhrTable('dsi_source_attributes')
export class SourceAttribute {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  @Name('client_id')
  clientId!: string;

  /** The EHR's list of questions: one for each kind of decision support. */
  @Name('list_id')
  list!: string;

  /** The question, by its name in that list. */
  @Name('option_id')
  name!: string;

  @Text('source_value', { nullable: true })
  value!: string | null;
}
