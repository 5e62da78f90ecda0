import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name, Words } from '../platform/database/columns.js';

/** How an attempt to sign in ended. `half-way`: the password was right, and a second factor is outstanding. */
export const SIGN_IN_OUTCOMES = ['signed-in', 'half-way', 'wrong-password', 'wrong-factor', 'locked', 'expired', 'refused'] as const;
export type SignInOutcome = (typeof SIGN_IN_OUTCOMES)[number];

/** One attempt to sign in as somebody, for that person's own eyes. */
@Entity({ name: 'oauth2_sign_in' })
export class SignInRecord {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 22 })
  id!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  @Instant('happened_at')
  happenedAt!: Date;

  @Name('outcome')
  outcome!: SignInOutcome;

  /** How: RFC 8176; empty where nothing was proven. */
  @Words('amr')
  amr!: string[];

  /** The app that sent name and password itself (password grant); null for a browser. */
  @Name('client_id', { nullable: true })
  clientId!: string | null;

  @Name('address', { nullable: true })
  address!: string | null;

  @Name('user_agent', { nullable: true })
  userAgent!: string | null;
}
