import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name } from '../platform/database/columns.js';

/** A browser in which a person has shown a second factor, and asked not to be asked again for a while. */
@Entity({ name: 'oauth2_remembered_device' })
export class RememberedDevice {
  /** SHA-256 of the cookie value, hex. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** Names the device to its owner, and cannot stand in for the cookie. */
  @Name('handle')
  handle!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  /** Mark of the password that was proven: with another password the device is forgotten. SHA-256, hex. */
  @Name('password_mark')
  passwordMark!: string;

  /** User-Agent of the browser. */
  @Name('label')
  label!: string;

  @Instant('created_at')
  createdAt!: Date;

  @Instant('last_used_at')
  lastUsedAt!: Date;

  @Instant('expires_at')
  expiresAt!: Date;
}
