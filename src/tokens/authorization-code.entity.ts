import { Entity, PrimaryColumn } from 'typeorm';
import { Flag, Instant, Json, Name, Text, Words } from '../platform/database/columns.js';

/** A code as it is kept until it is exchanged or expires: only its hash, and all that the exchange needs. */
@Entity({ name: 'oauth2_authorization_code' })
export class AuthorizationCode {
  /** SHA-256 of the code, hex. */
  @PrimaryColumn({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash!: string;

  /** The family that its tokens will form. */
  @Name('grant_id')
  grantId!: string;

  @Name('client_id')
  clientId!: string;

  @Name('subject')
  subject!: string;

  @Name('role')
  role!: 'users' | 'patient';

  @Text('redirect_uri')
  redirectUri!: string;

  /** Whether the authorization request named it: then the token request must as well (RFC 6749 §4.1.3). */
  @Flag('redirect_uri_was_sent')
  redirectUriWasSent!: boolean;

  /** Granted scopes. */
  @Words('scope')
  scope!: string[];

  /** Scopes as requested: the EHR's consent row keeps them. */
  @Words('requested_scope')
  requestedScope!: string[];

  @Text('state', { nullable: true })
  state!: string | null;

  @Text('nonce', { nullable: true })
  nonce!: string | null;

  @Name('code_challenge', { nullable: true })
  codeChallenge!: string | null;

  @Name('sid')
  sid!: string;

  @Instant('auth_time')
  authTime!: Date;

  @Words('amr')
  amr!: string[];

  @Name('acr')
  acr!: string;

  @Flag('is_remembered')
  isRemembered!: boolean;

  @Json('launch_context')
  launchContext!: Record<string, unknown>;

  @Instant('expires_at')
  expiresAt!: Date;

  @Instant('used_at', { nullable: true })
  usedAt!: Date | null;
}
