import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name } from '../platform/database/columns.js';

/** A challenge that a key has been given. Good once, and for one purpose. */
@Entity({ name: 'oauth2_webauthn_challenge' })
export class WebauthnChallenge {
  /** SHA-256, hex. */
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 64 })
  id!: string;

  /** Such as `mfa <interaction>`: what it was issued for serves nothing else. */
  @Name('purpose')
  purpose!: string;

  @Instant('expires_at')
  expiresAt!: Date;
}
