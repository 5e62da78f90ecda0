import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../platform/database/columns.js';

/** A behaviour of the EHR's own server that is restored for one client. */
@Entity({ name: 'oauth2_client_compatibility' })
export class ClientCompatibility {
  @PrimaryColumn({ name: 'client_id', type: 'varchar', length: 80 })
  clientId!: string;

  /** Name of the switch; a text, because another release may know others. */
  @PrimaryColumn({ name: 'switch', type: 'varchar', length: 64 })
  name!: string;

  @Instant('allowed_at')
  allowedAt!: Date;
}
