import { Entity, PrimaryColumn } from 'typeorm';
import { Instant } from '../platform/database/columns.js';

/** What an operator lets a client do beyond what it registered for. */
@Entity({ name: 'oauth2_client_mark' })
export class ClientMark {
  @PrimaryColumn({ name: 'client_id', type: 'varchar', length: 80 })
  clientId!: string;

  /** One of CLIENT_MARKS; a text, because another release may know others. */
  @PrimaryColumn({ name: 'mark', type: 'varchar', length: 32 })
  mark!: string;

  @Instant('marked_at')
  markedAt!: Date;
}
