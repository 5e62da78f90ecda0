import { PrimaryGeneratedColumn } from 'typeorm';
import { Name } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

/** A client assertion that was accepted, as the EHR's own server remembers it. The table has no unique key. */
@Since('6.1', 'used client assertions are remembered in oauth2_client_assertion alone')
@EhrTable('jwt_grant_history')
export class AssertionHistory {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  @Name('jti')
  jti!: string;

  @Name('client_id')
  clientId!: string;

  /** A TIMESTAMP; null for an assertion without `exp`, which the EHR takes. */
  @EhrDateTime('jti_exp')
  expiresAt!: string | null;

  @EhrDateTime('creation_date', { nullable: false })
  createdAt!: string;
}
