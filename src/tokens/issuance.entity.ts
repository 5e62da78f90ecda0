import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name, Words } from '../platform/database/columns.js';

/** One answer of the token endpoint: which access token and refresh token were issued together, and for which grant. */
@Entity({ name: 'oauth2_issuance' })
export class Issuance {
  /** Identifier of the access token. */
  @PrimaryColumn({ name: 'jti', type: 'varchar', length: 80 })
  jti!: string;

  @Name('grant_id')
  grantId!: string;

  /** Identifier of the refresh token; null when none was handed out. */
  @Name('refresh_identifier', { nullable: true })
  refreshIdentifier!: string | null;

  /** SHA-256 of the refresh token, hex, where it has the EHR's form: its identifier cannot be told from its text. */
  @Name('sealed_hash', { nullable: true })
  sealedHash!: string | null;

  /** Scopes of the access token. */
  @Words('scope')
  scope!: string[];

  @Instant('issued_at')
  issuedAt!: Date;

  /** When the later of the two tokens ends. */
  @Instant('expires_at')
  expiresAt!: Date;

  /** When the refresh token was exchanged for the next one. */
  @Instant('rotated_at', { nullable: true })
  rotatedAt!: Date | null;

  /** `jti` of the answer that replaced this one. */
  @Name('successor_jti', { nullable: true })
  successorJti!: string | null;
}
