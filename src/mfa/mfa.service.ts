import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Transaction } from '../platform/database/transactions.js';
import { AuthenticatorApps } from './authenticator-apps.service.js';
import type { Holder } from './holder.js';
import type { CodeVerdict, MfaFactor } from './mfa-factor.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { MfaStates } from './mfa-states.service.js';
import { Passkeys } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RememberedDevices } from './remembered-devices.service.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

/** Injection token: one instance of each entry of `factors/index.ts`. */
export const MFA_FACTORS = Symbol('MFA_FACTORS');

const U2F = 'U2F';

/** Kinds that the EHR itself takes for a second factor; it ignores rows of any other. */
const KNOWN_METHODS: readonly string[] = ['TOTP', U2F];

/** What somebody has enrolled. */
export interface EnrolledFactors {
  /** An authenticator app. */
  readonly hasApp: boolean;
  /** Passkeys and security keys, those of the EHR included. */
  readonly keys: number;
}

/** What became of a code, and what kind of code it was. */
export interface CodeOutcome {
  readonly verdict: CodeVerdict;
  readonly kind: 'TOTP' | 'recovery code';
}

/** Second factors of members of staff and patients: what people have, what they type, and what is taken from them. */
@Injectable()
export class MfaService {
  constructor(
    @InjectRepository(MfaRegistration) private readonly registrations: Repository<MfaRegistration>,
    @Inject(MFA_FACTORS) private readonly factors: readonly MfaFactor[],
    private readonly apps: AuthenticatorApps,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly devices: RememberedDevices,
    private readonly states: MfaStates,
    private readonly challenges: WebauthnChallenges,
  ) {}

  /** @returns nothing for somebody who signs in by password alone; recovery codes are none of their own */
  async factorsOf(holder: Holder): Promise<EnrolledFactors> {
    const rows = await this.enrolled(holder);
    const passkeys = await this.passkeys.list(holder.subject);
    const hasApp = holder.userId === null ? await this.apps.has(holder) : rows.some(({ method }) => method !== U2F);
    return { hasApp, keys: passkeys.length + rows.filter(({ method }) => method === U2F).length };
  }

  /**
   * Checks a code of an authenticator app, or a recovery code, and uses it up.
   * @param code as typed
   */
  async verify(holder: Holder, code: string): Promise<CodeOutcome> {
    if (this.recoveryCodes.isShaped(code)) {
      return { kind: 'recovery code', verdict: await this.recoveryCodes.use(holder.subject, code) };
    }
    if (holder.userId === null) return { kind: 'TOTP', verdict: await this.apps.verifyOurs(holder, code) };
    let verdict: CodeVerdict = 'wrong';
    for (const registration of await this.enrolled(holder)) {
      const judged = (await this.findFactor(registration.method)?.verify(registration, code)) ?? 'wrong';
      if (judged === 'accepted') return { kind: 'TOTP', verdict: judged };
      if (judged === 'used') verdict = judged;
    }
    return { kind: 'TOTP', verdict };
  }

  /**
   * Rewrites what the EHR's installer sealed with the person's password hash. To be called when the password has been proven and before its
   * hash is replaced: afterwards nobody could open it.
   * @param userId `users.id`
   * @param passwordHash text of the column
   */
  async adoptInstallerForm(userId: number, passwordHash: string): Promise<void> {
    const rows = await this.registrations.findBy({ userId });
    for (const registration of rows) await this.findFactor(registration.method)?.adopt(registration, passwordHash);
  }

  /**
   * Takes everything away that somebody has enrolled, in the EHR and here. They are told at their next sign-in.
   * @returns whether there was anything
   */
  async reset(tx: Transaction, holder: Holder): Promise<boolean> {
    const { subject, userId } = holder;
    const hadApp = await this.apps.remove(tx, holder);
    const hadPasskey = await this.passkeys.remove(tx, subject);
    const ofEhr = userId === null ? null : await tx.delete(MfaRegistration, { userId, method: U2F });
    await this.recoveryCodes.remove(tx, subject);
    await this.devices.forgetAll(tx, subject);
    await this.states.noteReset(tx, subject);
    return hadApp || hadPasskey || (ofEhr?.affected ?? 0) > 0;
  }

  /** @returns how many challenges, unfinished enrolments and remembered browsers had expired and are gone */
  async deleteExpired(now: Date): Promise<number> {
    let count = 0;
    for (const owner of [this.challenges, this.apps, this.devices]) count += await owner.deleteExpired(now);
    return count;
  }

  private async enrolled({ userId }: Holder): Promise<MfaRegistration[]> {
    if (userId === null) return [];
    const rows = await this.registrations.find({ where: { userId }, order: { label: 'ASC' } });
    return rows.filter((row) => KNOWN_METHODS.includes(row.method));
  }

  private findFactor(method: string): MfaFactor | null {
    return this.factors.find((factor) => factor.method === method) ?? null;
  }
}
