import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { findPasswordForm } from '../platform/ehr/password-form.js';
import { AttemptLimits } from '../platform/throttle/attempt-limits.js';
import { Attempt } from '../platform/throttle/failure-counter.js';
import {
  type OpenAttempt,
  type PasswordReplacement,
  type PatientObjection,
  type PortalRefusal,
  type ProvenPatient,
  refused,
  type Refused,
} from './credential-check.js';
import { LoginFailure } from './login-failure.entity.js';
import { PortalAccount } from './portal-account.entity.js';
import { StoredPasswords } from './stored-passwords.js';

/** What a patient's own record says against a sign-in; null when nothing. */
export type ExaminePatient = (patientNumber: number) => Promise<PatientObjection | null>;

/** Portal accounts of patients. */
@Injectable()
export class PortalAccountsService {
  constructor(
    @InjectRepository(PortalAccount) private readonly accounts: Repository<PortalAccount>,
    @InjectRepository(LoginFailure) private readonly failures: Repository<LoginFailure>,
    private readonly passwords: StoredPasswords,
    private readonly limits: AttemptLimits,
  ) {}

  /** @param loginName what the patient types, in exact case */
  async find(loginName: string): Promise<PortalAccount | null> {
    const accounts = await this.accounts.find({ where: { loginName }, order: { id: 'ASC' } });
    return accounts.find((account) => account.loginName === loginName) ?? null; // MySQL compares without regard to case
  }

  /** @param patientNumber `patient_data.pid` */
  async findByPatient(patientNumber: number): Promise<PortalAccount | null> {
    return this.accounts.findOneBy({ patientNumber });
  }

  /** Whether the account can be used: it is complete, activated, and its first password was changed. */
  isUsable(account: PortalAccount): boolean {
    return accountObjection(account) === null;
  }

  /**
   * Whether these credentials let a patient in: the conditions of the EHR, in its order. Each answer costs one password hash. Counts failures
   * on the login name; a success is for the caller to count.
   * @param examine asks the patient's record, which other people keep, once the account itself is found in order
   * @throws HashingBusyError
   */
  async check(loginName: string, password: string, examine: ExaminePatient): Promise<ProvenPatient | Refused<PortalRefusal>> {
    const account = await this.find(loginName);
    const patientNumber = account?.patientNumber ?? null;
    const objection = account === null ? 'patient portal information not found' : accountObjection(account);
    if (account === null || objection !== null || patientNumber === null) {
      return this.refuseUnheard(objection ?? 'patient not found', patientNumber, password);
    }
    const examined = await examine(patientNumber);
    if (examined !== null) return this.refuseUnheard(examined, patientNumber, password);
    const attempt = await this.attemptOn(loginName);
    if (attempt.isRefused) {
      await attempt.fail();
      return this.refuseUnheard('patient exceeded maximum number of failed logins', patientNumber, password);
    }
    const passwordHash = account.passwordHash ?? '';
    if (await this.passwords.verify(password, passwordHash)) return { isProven: true, account, patientNumber, passwordHash, attempt };
    await attempt.fail();
    const isReadable = findPasswordForm(passwordHash) !== null;
    return refused(isReadable ? 'patient password incorrect' : 'patient stored password hash is invalid', { patientNumber });
  }

  /** An attempt at something else that protects the account, such as a second factor. @returns null where there is no such account */
  async findAttempt(loginName: string): Promise<OpenAttempt | null> {
    return (await this.find(loginName)) && this.attemptOn(loginName);
  }

  /** @returns SHA-256 in hex of something that changes with the password; null where there is no such account */
  async findPasswordMark(loginName: string): Promise<string | null> {
    const account = await this.find(loginName);
    return (
      account &&
      createHash('sha256')
        .update(`patient ${account.passwordHash ?? ''}`)
        .digest('hex')
    );
  }

  /** Forgets the failures of an account, as after a success. @returns whether there is such an account */
  async unlock(loginName: string): Promise<boolean> {
    const loginNameHash = hashOf(loginName);
    await this.failures.update({ loginNameHash }, { failures: 0, lastFailureAt: null });
    return (await this.find(loginName)) !== null;
  }

  /** Stores a password that was just verified in the form that the site's settings ask for, if it is in another. */
  async upgradePassword(accountId: number, password: string, passwordHash: string): Promise<void> {
    const replacement = await this.passwords.findReplacement(password, passwordHash);
    if (replacement !== null) await this.accounts.update({ id: accountId, passwordHash }, { passwordHash: replacement });
  }

  /**
   * Replaces a password that was just verified. The EHR remembers no former ones of patients: the present one alone may not come again.
   * @param verified the hash it was verified against: a password that was changed meanwhile is not replaced
   * @throws HashingBusyError, UnhashablePasswordError
   */
  async changePassword(accountId: number, next: string, verified: string, remembered: number): Promise<PasswordReplacement> {
    if (remembered > 0 && (await this.passwords.isAmong(next, [verified]))) return 'used-before';
    const values = { passwordHash: await this.passwords.hash(next), passwordStatus: 1 };
    const { affected } = await this.accounts.update({ id: accountId, passwordHash: verified }, values);
    return affected === 1 ? 'changed' : 'overtaken';
  }

  private async refuseUnheard(reason: PortalRefusal, patientNumber: number | null, password: string): Promise<Refused<PortalRefusal>> {
    await this.passwords.verifyDummy(password);
    return refused(reason, { patientNumber });
  }

  private async attemptOn(loginName: string): Promise<Attempt<LoginFailure>> {
    const loginNameHash = hashOf(loginName);
    const limit = await this.limits.ofPatient();
    const known = await this.failures.findOneBy({ loginNameHash });
    const row = known ?? { loginNameHash, failures: 0, lastFailureAt: null };
    if (!known) await this.failures.createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
    return new Attempt(this.failures, row, { loginNameHash }, limit);
  }
}

function hashOf(loginName: string): string {
  return createHash('sha256').update(loginName, 'utf8').digest('hex');
}

function accountObjection(account: PortalAccount): PortalRefusal | null {
  const { accountName, loginName, passwordHash, oneTimeToken, passwordStatus } = account;
  if (!accountName || !loginName || !passwordHash) return 'patient missing username, login username, or password';
  if (oneTimeToken) return 'patient account not yet verified (portal_onetime set)';
  return passwordStatus === 1 ? null : 'patient account not yet verified (portal_pwd_status is not 1)';
}
