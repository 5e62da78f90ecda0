import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { CodeVerdict, MfaFactor } from './mfa-factor.js';
import { MfaRegistration } from './mfa-registration.entity.js';

/** Injection token: one instance of each entry of `factors/index.ts`. */
export const MFA_FACTORS = Symbol('MFA_FACTORS');

/** Kinds that the EHR itself takes for a second factor; it ignores rows of any other. */
const KNOWN_METHODS: readonly string[] = ['TOTP', 'U2F'];

/** A kind of second factor that somebody has enrolled. */
export interface EnrolledFactor {
  readonly method: string;
  /** null when this server cannot check it. */
  readonly amr: string | null;
}

/** Second factors of members of staff, enrolled in the EHR. */
@Injectable()
export class MfaService {
  constructor(
    @InjectRepository(MfaRegistration) private readonly registrations: Repository<MfaRegistration>,
    @Inject(MFA_FACTORS) private readonly factors: readonly MfaFactor[],
  ) {}

  /**
   * @param userId `users.id`
   * @returns each kind once; empty for somebody who signs in by password alone
   */
  async factorsOf(userId: number): Promise<EnrolledFactor[]> {
    const methods = new Set((await this.enrolled(userId)).map((registration) => registration.method));
    return [...methods].map((method) => ({ method, amr: this.findFactor(method)?.amr ?? null }));
  }

  /**
   * Checks a code against everything the person has enrolled, and uses it up.
   * @param code as typed
   */
  async verify(userId: number, code: string): Promise<CodeVerdict> {
    let verdict: CodeVerdict = 'wrong';
    for (const registration of await this.enrolled(userId)) {
      const judged = (await this.findFactor(registration.method)?.verify(registration, code)) ?? 'wrong';
      if (judged === 'accepted') return judged;
      if (judged === 'used') verdict = judged;
    }
    return verdict;
  }

  /**
   * Rewrites what the EHR's installer sealed with the person's password hash. To be called when the password has been proven and before its
   * hash is replaced: afterwards nobody could open it.
   * @param passwordHash text of the column
   */
  async adoptInstallerForm(userId: number, passwordHash: string): Promise<void> {
    for (const registration of await this.enrolled(userId)) await this.findFactor(registration.method)?.adopt(registration, passwordHash);
  }

  private async enrolled(userId: number): Promise<MfaRegistration[]> {
    const rows = await this.registrations.find({ where: { userId }, order: { label: 'ASC' } });
    return rows.filter((row) => KNOWN_METHODS.includes(row.method));
  }

  private findFactor(method: string): MfaFactor | null {
    return this.factors.find((factor) => factor.method === method) ?? null;
  }
}
