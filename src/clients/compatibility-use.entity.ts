import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../platform/database/columns.js';

/** When a client was last answered otherwise because of a switch, to the hour. */
@Entity({ name: 'oauth2_compatibility_use' })
export class CompatibilityUse {
  /** '' where no client was known: a registration, a page of a strange origin, a request of a stranger. */
  @PrimaryColumn({ name: 'client_id', type: 'varchar', length: 80 })
  clientId!: string;

  @PrimaryColumn({ name: 'switch', type: 'varchar', length: 64 })
  name!: string;

  @Instant('last_used_at')
  lastUsedAt!: Date;
}
