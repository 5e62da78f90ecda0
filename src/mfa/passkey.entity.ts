import { Entity, PrimaryColumn } from 'typeorm';
import { Flag, Instant, Name, Text, WholeNumber, Words } from '../platform/database/columns.js';

/** A passkey or security key that somebody has enrolled here. @see WebAuthn Level 3 §4 Public Key Credential Source */
@Entity({ name: 'oauth2_passkey' })
export class Passkey {
  /** SHA-256 of the credential id, hex: an id may have a thousand bytes. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** base64url. */
  @Text('credential_id')
  credentialId!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  @Name('role')
  role!: 'users' | 'patient';

  /** As its owner calls it. */
  @Name('label')
  label!: string;

  /** COSE key, base64url. */
  @Text('public_key')
  publicKey!: string;

  /** Signatures as the key counts them; a key that is synchronized between devices counts none. */
  @WholeNumber('counter')
  counter!: number;

  /** How the key is reached: usb, nfc, internal, hybrid … */
  @Words('transports')
  transports!: string[];

  /** Whether the key can be on several devices. */
  @Flag('is_synced')
  isSynced!: boolean;

  @Instant('created_at')
  createdAt!: Date;

  @Instant('last_used_at', { nullable: true })
  lastUsedAt!: Date | null;
}
