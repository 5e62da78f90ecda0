import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Json, Name } from '../platform/database/columns.js';
import type { Launch } from '../protocol/launch/launch.js';

/** A launch that was made here. It is good once, for one app. */
@Entity({ name: 'oauth2_launch' })
export class LaunchRecord {
  /** SHA-256 of the token, hex. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** The app that it starts. */
  @Name('client_id')
  clientId!: string;

  @Json('launch')
  launch!: Launch;

  @Instant('expires_at')
  expiresAt!: Date;

  @Instant('used_at', { nullable: true })
  usedAt!: Date | null;
}
