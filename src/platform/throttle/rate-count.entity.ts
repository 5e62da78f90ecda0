import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, WholeNumber, wholeNumber } from '../database/columns.js';

/** How many requests one replica has counted of one address, client or person in one window. Each replica writes its own rows. */
@Entity({ name: 'oauth2_rate_count' })
export class RateCount {
  /** SHA-256 of the limit and of what is counted, base64url. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 43 })
  id!: string;

  /** Epoch milliseconds. */
  @PrimaryColumn({ name: 'window_start', type: 'bigint', transformer: wholeNumber })
  windowStart!: number;

  /** Names the process: a random word, different at every start. */
  @PrimaryColumn({ name: 'replica', type: 'varchar', length: 16 })
  replica!: string;

  @WholeNumber('hits')
  hits!: number;

  /** From here on nobody looks at it. */
  @Instant('expires_at')
  expiresAt!: Date;
}
