import { Entity, PrimaryColumn } from 'typeorm';
import { Words } from '../platform/database/columns.js';

/** What a client wants of an authorization request that does not say. No row: nothing. @see OIDC Registration §2 */
@Entity({ name: 'oauth2_client_defaults' })
export class ClientDefaults {
  @PrimaryColumn({ name: 'client_id', type: 'varchar', length: 80 })
  clientId!: string;

  /** `default_acr_values` as registered, in order; some may not be known here. */
  @Words('acr_values')
  acrValues!: string[];
}
