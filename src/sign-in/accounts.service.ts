import { Injectable } from '@nestjs/common';
import type { OpenAttempt } from '../users/credential-check.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import type { Person, Role } from './person.js';

const TOO_MANY = {
  users: 'user exceeded maximum number of failed logins',
  patient: 'patient exceeded maximum number of failed logins',
} as const satisfies Record<Role, string>;

/** The account behind a person, whichever store it is in. */
@Injectable()
export class Accounts {
  constructor(
    private readonly staff: StaffService,
    private readonly portalAccounts: PortalAccountsService,
  ) {}

  /** An attempt at something that protects the account besides its password. @returns null for somebody without credentials */
  async findAttempt({ userId, username }: Person): Promise<OpenAttempt | null> {
    return userId === null ? this.portalAccounts.findAttempt(username) : this.staff.findAttempt(userId);
  }

  /** @returns the authorization group that the audit log names; '' for patients */
  async groupNameOf({ role, username }: Person): Promise<string> {
    return role === 'users' ? ((await this.staff.findGroupName(username)) ?? '') : '';
  }

  /**
   * Something that changes with the person's password, and not when its hash is renewed for the same password where the EHR keeps the two apart.
   * @returns SHA-256, hex; null for somebody without credentials
   */
  findPasswordMark({ userId, username }: Person): Promise<string | null> {
    return userId === null ? this.portalAccounts.findPasswordMark(username) : this.staff.findPasswordMark(userId);
  }

  /** Whether the EHR would let the person in, their password apart. */
  async isAdmitted({ role, username, isActive }: Person): Promise<boolean> {
    return isActive && (role === 'patient' || (await this.staff.isAdmitted(username)));
  }

  /** In the words of the EHR's log. */
  tooManyFailures({ role }: Person): (typeof TOO_MANY)[Role] {
    return TOO_MANY[role];
  }
}
