import { PrimaryGeneratedColumn } from 'typeorm';
import { Flag, Name, Text } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';

/** An access token as the EHR's API looks it up. */
@EhrTable('api_token')
export class AccessToken {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** uuid text. */
  @Name('user_id', { nullable: true })
  subject!: string | null;

  /** `jti`, 80 hex digits; not the token. */
  @Name('token', { nullable: true })
  jti!: string | null;

  @EhrDateTime('expiry')
  expiry!: string | null;

  @Name('client_id', { nullable: true })
  clientId!: string | null;

  /** JSON array of scopes. */
  @Text('scope', { nullable: true })
  scope!: string | null;

  @Flag('revoked')
  isRevoked!: boolean;

  /** JSON object of the SMART launch context; `[]` when there is none. */
  @Text('context', { nullable: true })
  context!: string | null;
}
