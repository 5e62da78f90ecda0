import { Injectable } from '@nestjs/common';
import { MfaService } from '../mfa/mfa.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Config } from '../platform/config/config.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { AddressAttempts } from '../platform/throttle/address-attempts.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Session } from '../sessions/session.entity.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { OpenAttempt, PasswordReplacement } from '../users/credential-check.js';
import { findPasswordObjections, type PasswordObjection, type PasswordRules, readPasswordRules } from '../users/password-rules.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import type { Person, SignedInPerson } from './person.js';

/** What somebody typed. */
export interface NewPassword {
  readonly current: string;
  readonly next: string;
}

/** Why a password stays as it is. `directory`: it is kept elsewhere; `overtaken`: it was changed meanwhile. */
export type PasswordChangeRefusal = PasswordObjection | 'wrong-current' | 'locked' | 'directory' | 'used-before' | 'overtaken';

type Proven = {
  readonly isProven: true;
  readonly attempt: OpenAttempt;
  readonly groupName: string;
  replace(): Promise<PasswordReplacement>;
};
type Unproven = { readonly isProven: false; readonly counts: boolean; readonly reason: string; readonly groupName: string };

/** Lets people change their own password under the EHR's rules; the present one is asked for, and wrong ones count as they do at sign-in. */
@Injectable()
export class PasswordChange {
  constructor(
    private readonly staff: StaffService,
    private readonly portalAccounts: PortalAccountsService,
    private readonly mfa: MfaService,
    private readonly sessions: SessionsService,
    private readonly addresses: AddressAttempts,
    private readonly settings: GlobalSettings,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly config: Config,
  ) {}

  /** What the site asks of a new password. */
  async rules(): Promise<PasswordRules> {
    return readPasswordRules(await this.settings.read());
  }

  /** Whether somebody's password is kept in a directory and changed there. The EHR asks one about its staff alone. */
  async isElsewhere({ userId, username }: Person): Promise<boolean> {
    return userId !== null && (await this.staff.isPasswordElsewhere(username));
  }

  /** Whether somebody came in with an expired password, and has to set a new one before anything else. */
  async isDue({ userId }: Person, { authTime }: Pick<Session, 'authTime'>): Promise<boolean> {
    if (userId === null || this.config.expiredPassword === 'refuse') return false;
    return (await this.staff.passwordAgeAt(userId, authTime)).isExpired;
  }

  /**
   * @param now the time of the question
   * @returns the last day on which a password works that should have been changed already, as `YYYY-MM-DD`; null when it is in its time
   */
  async lastDayOfGrace({ userId }: Person, now: Date): Promise<string | null> {
    return userId === null ? null : (await this.staff.passwordAgeAt(userId, now)).lastDayOfGrace;
  }

  /**
   * Changes the password, ends every other session of its owner, and has both audited.
   * @param address IP address of the caller
   * @returns why not; empty when it is changed
   * @throws HashingBusyError
   */
  async change({ person, session }: SignedInPerson, passwords: NewPassword, address: string): Promise<readonly PasswordChangeRefusal[]> {
    const objections = findPasswordObjections(passwords.next, await this.rules());
    if (objections.length > 0) return objections;
    const fromAddress = await this.addresses.open(address);
    const check = fromAddress.refusal === null ? await this.prove(person, passwords) : unproven(fromAddress.refusal);
    if (!check.isProven) {
      if (check.counts) await fromAddress.fail();
      await this.record(person, check, address, check.reason);
      return [refusalOf(check.reason)];
    }
    if (!(await check.attempt.succeed()) || !(await fromAddress.succeed())) {
      await this.record(person, check, address, 'exceeded maximum number of failed logins');
      return ['locked'];
    }
    const outcome = await check.replace();
    if (outcome !== 'changed') return [outcome];
    const ended = await this.transactions.run((tx) => this.sessions.endOthers(tx, person.subject, session.sid));
    await this.record(person, check, address, `password changed; other sessions ended: ${ended}`, true);
    return [];
  }

  private prove(person: Person, passwords: NewPassword): Promise<Proven | Unproven> {
    return person.userId === null ? this.provePatient(person, passwords) : this.proveStaff(person, passwords);
  }

  private async proveStaff({ username }: Person, { current, next }: NewPassword): Promise<Proven | Unproven> {
    const check = await this.staff.check(username, current);
    if (!check.isProven) return check;
    const { user, passwordHash, attempt, groupName } = check;
    const replace = async (): Promise<PasswordReplacement> => {
      await this.mfa.adoptInstallerForm(user.id, passwordHash);
      return this.staff.changePassword(user.id, next, passwordHash, (await this.rules()).remembered);
    };
    return { isProven: true, attempt, groupName, replace };
  }

  private async provePatient({ username }: Person, { current, next }: NewPassword): Promise<Proven | Unproven> {
    const check = await this.portalAccounts.check(username, current, () => Promise.resolve(null)); // the record was asked at sign-in
    if (!check.isProven) return check;
    const { account, passwordHash, attempt } = check;
    const replace = async (): Promise<PasswordReplacement> =>
      this.portalAccounts.changePassword(account.id, next, passwordHash, (await this.rules()).remembered);
    return { isProven: true, attempt, groupName: '', replace };
  }

  private async record(
    { username, patientNumber }: Person,
    { groupName }: Pick<Proven, 'groupName'>,
    address: string,
    reason: string,
    success = false,
  ): Promise<void> {
    await this.audit.record({ event: 'password change', success, address, reason, username, groupName, patientNumber });
  }
}

function unproven(reason: string): Unproven {
  return { isProven: false, counts: true, reason, groupName: '' };
}

function refusalOf(reason: string): PasswordChangeRefusal {
  if (/exceeded maximum|blocked/.test(reason)) return 'locked';
  return /ldap/.test(reason) ? 'directory' : 'wrong-current';
}
