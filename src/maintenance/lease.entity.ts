import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name } from '../platform/database/columns.js';

/** Work that one replica does at a time. */
@Entity({ name: 'oauth2_lease' })
export class Lease {
  @PrimaryColumn({ name: 'name', type: 'varchar', length: 64 })
  name!: string;

  /** Names the process that does it: a random word, different at every start. */
  @Name('holder')
  holder!: string;

  /** From here on anyone may take it over. */
  @Instant('expires_at')
  expiresAt!: Date;
}
