import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random, randomText } from '../platform/ambient/random.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { CodeVerdict } from './mfa-factor.js';
import { RecoveryCode } from './recovery-code.entity.js';

/** How many a person is given at a time. */
export const RECOVERY_CODES = 10;

/** No letter that looks like a digit. Sixteen of them are 80 bits: nobody tries them all, not even with the hashes at hand. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 16;
const GROUP = /.{4}(?!$)/g;

/** Codes with which people get in who have lost their other factors. Only their hashes are kept. */
@Injectable()
export class RecoveryCodes {
  constructor(
    @InjectRepository(RecoveryCode) private readonly codes: Repository<RecoveryCode>,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes new codes; those made before are good no more.
   * @returns the codes in groups of four, to be shown once
   */
  async replace(tx: Transaction, subject: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, () => randomText(this.random, ALPHABET, LENGTH));
    await this.remove(tx, subject);
    await tx.insert(
      RecoveryCode,
      codes.map((code) => ({ codeHash: hashOf(subject, code), subject, usedAt: null })),
    );
    return codes.map((code) => code.replaceAll(GROUP, '$&-'));
  }

  /** Whether a text could be a code at all; the others need not be looked up. */
  isShaped(code: string): boolean {
    return findCode(code) !== null;
  }

  /**
   * Uses a code up: one conditional statement.
   * @param typed in capitals or not, with or without hyphens and blanks
   */
  async use(subject: string, typed: string): Promise<CodeVerdict> {
    const code = findCode(typed);
    if (code === null) return 'wrong';
    const codeHash = hashOf(subject, code);
    const { affected } = await this.codes.update({ codeHash, subject, usedAt: IsNull() }, { usedAt: this.clock.now() });
    if (affected === 1) return 'accepted';
    return (await this.codes.existsBy({ codeHash, subject })) ? 'used' : 'wrong';
  }

  /** How many codes the person has not used yet. */
  countLeft(subject: string): Promise<number> {
    return this.codes.countBy({ subject, usedAt: IsNull() });
  }

  async remove(tx: Transaction, subject: string): Promise<void> {
    await tx.delete(RecoveryCode, { subject });
  }
}

function findCode(typed: string): string | null {
  const code = typed.slice(0, 64).replaceAll(/[\s-]/g, '').toUpperCase();
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}

function hashOf(subject: string, code: string): string {
  return createHash('sha256').update(`recovery code of ${subject}: ${code}`).digest('hex');
}
