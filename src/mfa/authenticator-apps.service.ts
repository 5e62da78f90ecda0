import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Secret } from 'otpauth';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { AcceptedCode } from './accepted-code.entity.js';
import type { Holder } from './holder.js';
import type { CodeVerdict } from './mfa-factor.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { PatientTotp } from './patient-totp.entity.js';
import { clockErrorOf, findDigits, findSecret, matchCode, SECRET_BYTES } from './totp-code.js';
import { TotpEnrolment } from './totp-enrolment.entity.js';

/** How the EHR names an authenticator app. @see the EHR's interface/usergroup/mfa_totp.php */
const LABEL = 'App Based 2FA';
const METHOD = 'TOTP';

/** Seconds that a person has from opening the page to sending the first code. */
const ENROLMENT_LIFETIME = 1800;

/** What a code said about an app that is being set up. */
export type EnrolmentVerdict =
  /** `drift`: steps of 30 seconds by which the device's clock is ahead. */
  | { readonly outcome: 'proven'; readonly enrolment: TotpEnrolment; readonly step: number; readonly drift: number }
  /** `clockError`: seconds by which the device's clock is ahead; null when that is not the reason. */
  | { readonly outcome: 'wrong'; readonly clockError: number | null }
  /** Nothing is being set up: it took too long, or another page was quicker. */
  | { readonly outcome: 'gone' };

/** Authenticator apps: set up, checked where the EHR does not keep them, and taken away. */
@Injectable()
export class AuthenticatorApps {
  constructor(
    @InjectRepository(MfaRegistration) private readonly registrations: Repository<MfaRegistration>,
    @InjectRepository(PatientTotp) private readonly ofPatients: Repository<PatientTotp>,
    @InjectRepository(TotpEnrolment) private readonly enrolments: Repository<TotpEnrolment>,
    private readonly site: EhrSite,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  async has({ subject, userId }: Holder): Promise<boolean> {
    return userId === null ? this.ofPatients.existsBy({ subject }) : this.registrations.existsBy({ userId, method: METHOD });
  }

  /** The secret of an app that is being set up: every page that a person opens meanwhile shows the same one. */
  async begin({ subject }: Holder): Promise<Secret> {
    const now = this.clock.now();
    await this.enrolments.delete({ subject, expiresAt: LessThanOrEqual(now) });
    const known = await this.enrolments.findOneBy({ subject });
    if (known) return this.secretOf(known);
    const base32 = new Secret({ buffer: Uint8Array.from(this.random.bytes(SECRET_BYTES)).buffer }).base32;
    const fresh = { subject, secret: this.site.secretBox.seal(base32), expiresAt: new Date(now.getTime() + ENROLMENT_LIFETIME * 1000) };
    await this.enrolments.createQueryBuilder().insert().values(fresh).orIgnore().updateEntity(false).execute(); // another page may be first
    return this.secretOf(await this.enrolments.findOneByOrFail({ subject }));
  }

  /** Whether a code comes from the app that is being set up. Changes nothing. @param code as typed */
  async check({ subject }: Holder, code: string): Promise<EnrolmentVerdict> {
    const now = this.clock.now();
    const enrolment = await this.enrolments.findOneBy({ subject, expiresAt: MoreThan(now) });
    if (enrolment === null) return { outcome: 'gone' };
    const secret = this.secretOf(enrolment);
    const token = findDigits(code);
    const matched = token === null ? null : matchCode(secret, token, now);
    if (matched !== null) return { outcome: 'proven', enrolment, ...matched };
    return { outcome: 'wrong', clockError: token === null ? null : clockErrorOf(secret, token, now) };
  }

  /**
   * Keeps an app for which a code was right, where the EHR keeps it. The code is used up.
   * @returns false when another page was quicker, or the person has an app already: then nothing is changed
   */
  async enrol(tx: Transaction, holder: Holder, { enrolment, step }: EnrolmentVerdict & { outcome: 'proven' }): Promise<boolean> {
    const { subject, secret } = enrolment;
    const { affected } = await tx.delete(TotpEnrolment, { subject, secret });
    if (affected !== 1) return false;
    if (holder.userId === null) return this.keepOurs(tx, { subject, secret, lastStep: step, createdAt: this.clock.now() });
    if (await tx.existsBy(MfaRegistration, { userId: holder.userId, method: METHOD })) return false;
    await tx.insert(MfaRegistration, { userId: holder.userId, label: LABEL, method: METHOD, data: secret, spare: '' });
    await tx.delete(AcceptedCode, { userId: holder.userId }); // of an app before this one
    await tx.insert(AcceptedCode, { userId: holder.userId, lastStep: step });
    return true;
  }

  /** Checks a code of an app that is in our table, and uses it up. @param code as typed */
  async verifyOurs({ subject }: Holder, code: string): Promise<CodeVerdict> {
    const token = findDigits(code);
    const row = token === null ? null : await this.ofPatients.findOneBy({ subject });
    const secret = row && findSecret(this.site.secretBox.open(row.secret));
    const matched = secret && token !== null ? matchCode(secret, token, this.clock.now()) : null;
    if (matched === null) return 'wrong';
    const { affected } = await this.ofPatients.update({ subject, lastStep: LessThan(matched.step) }, { lastStep: matched.step });
    return affected === 1 ? 'accepted' : 'used';
  }

  async remove(tx: Transaction, { subject, userId }: Holder): Promise<boolean> {
    await tx.delete(TotpEnrolment, { subject });
    const { affected } = await (userId === null
      ? tx.delete(PatientTotp, { subject })
      : tx.delete(MfaRegistration, { userId, method: METHOD }));
    return (affected ?? 0) > 0;
  }

  /** @returns how many were never finished and are gone */
  async deleteExpired(now: Date): Promise<number> {
    const { affected } = await this.enrolments.delete({ expiresAt: LessThanOrEqual(now) });
    return affected ?? 0;
  }

  private async keepOurs(tx: Transaction, row: PatientTotp): Promise<boolean> {
    if (await tx.existsBy(PatientTotp, { subject: row.subject })) return false;
    await tx.insert(PatientTotp, row);
    return true;
  }

  private secretOf({ secret }: TotpEnrolment): Secret {
    return Secret.fromBase32(this.site.secretBox.open(secret));
  }
}
