import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name } from '../platform/database/columns.js';

/** A client assertion that was accepted: it is good once (RFC 7523 §3 (7)). */
@Entity({ name: 'oauth2_client_assertion' })
export class UsedAssertion {
  /** SHA-256 of client and jti, hex: replicas meet in it. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  @Name('client_id')
  clientId!: string;

  @Name('jti')
  jti!: string;

  /** From here on it would be refused anyway. */
  @Instant('expires_at')
  expiresAt!: Date;
}
