import { PrimaryGeneratedColumn } from 'typeorm';
import { Flag, Name, Text } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';

/**
 * What a person allowed a client: the EHR's "trusted user". Its API refuses every token of a client and user without such a row, or
 * with an empty `session_cache`. The table has no unique key; rows of one client and user are written and removed together.
 */
@EhrTable('oauth_trusted_user')
export class Consent {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** uuid text of the person. */
  @Name('user_id', { nullable: true })
  subject!: string;

  @Name('client_id', { nullable: true })
  clientId!: string;

  /** Space-separated scopes as requested. */
  @Text('scope', { nullable: true })
  scope!: string | null;

  /** The person asked to be remembered: the same scopes are not asked for again. */
  @Flag('persist_login', { nullable: true })
  isRemembered!: boolean;

  @EhrDateTime('time')
  time!: string | null;

  /** The PHP server keeps the code here; we keep codes elsewhere and leave it empty. */
  @Text('code', { nullable: true })
  code!: string | null;

  /** JSON text; never empty. */
  @Text('session_cache', { nullable: true })
  sessionCache!: string | null;

  @Name('grant_type', { nullable: true })
  grantType!: string | null;
}
