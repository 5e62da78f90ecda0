import { PrimaryGeneratedColumn } from 'typeorm';
import { Flag, Name } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

/** A refresh token as the EHR lists and revokes it. */
@Since('6.1', 'refresh tokens are recorded in oauth2_issuance alone, and the EHR can neither list nor revoke them')
@EhrTable('api_refresh_token')
export class RefreshToken {
  @PrimaryGeneratedColumn({ name: 'id', type: 'integer' })
  id!: number;

  /** uuid text. */
  @Name('user_id', { nullable: true })
  subject!: string | null;

  @Name('client_id', { nullable: true })
  clientId!: string | null;

  /** Identifier of the token, 80 hex digits; the token cannot be told from it. */
  @Name('token')
  identifier!: string;

  @EhrDateTime('expiry')
  expiry!: string | null;

  @Flag('revoked')
  isRevoked!: boolean;
}
