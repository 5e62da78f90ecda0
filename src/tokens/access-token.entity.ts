import { PrimaryGeneratedColumn } from 'typeorm';
import { Flag, Name, Text } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

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

  @Since('6.1', 'an access token is ended by setting its expiry back, which the API of that version looks at')
  @Flag('revoked')
  isRevoked: boolean = false;

  /** JSON object of the SMART launch context; `[]` when there is none. */
  @Since('7.0.0', 'the launch context of a token is kept in oauth2_grant alone')
  @Text('context', { nullable: true })
  context: string | null = null;
}
