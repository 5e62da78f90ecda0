import { Entity, PrimaryColumn } from 'typeorm';
import { Instant, Name } from '../platform/database/columns.js';

/** A code with which somebody gets in who has lost their other factors. Good once. */
@Entity({ name: 'oauth2_recovery_code' })
export class RecoveryCode {
  /** SHA-256 over person and code, hex. */
  @PrimaryColumn({ name: 'code_hash', type: 'varchar', length: 64 })
  codeHash!: string;

  /** uuid text: `sub`. */
  @Name('subject')
  subject!: string;

  @Instant('used_at', { nullable: true })
  usedAt!: Date | null;
}
