import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { findRows } from '../platform/database/mapped-statements.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { type Globals, GlobalSettings } from '../platform/ehr/global-settings.js';
import { findPasswordForm } from '../platform/ehr/password-form.js';
import { isUuidText } from '../platform/ehr/stored-uuid.js';
import { UuidRegistry } from '../platform/ehr/uuid-registry.js';
import { AttemptLimits } from '../platform/throttle/attempt-limits.js';
import { Attempt } from '../platform/throttle/failure-counter.js';
import { AuthGroup } from './auth-group.entity.js';
import { isAdministrator } from './ehr-permission.query.js';
import {
  type OpenAttempt,
  type PasswordReplacement,
  type ProvenStaff,
  refused,
  type Refused,
  type StaffRefusal,
} from './credential-check.js';
import { isInDirectory } from './directory-settings.js';
import { DirectoryService } from './directory.service.js';
import { findAccessGroups } from './ehr-roles.query.js';
import { findLastDayOfGrace, isPasswordExpired } from './password-expiry.js';
import { StoredPasswords } from './stored-passwords.js';
import { UserSecret } from './user-secret.entity.js';
import { User } from './user.entity.js';

interface Account {
  readonly user: User;
  readonly groupName: string;
  readonly secret: UserSecret;
}

/** See `passwordAgeAt`. */
export interface PasswordAge {
  readonly isExpired: boolean;
  readonly lastDayOfGrace: string | null;
}

/** Members of staff: who they are, and whether somebody may sign in as one of them. */
@Injectable()
export class StaffService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(UserSecret) private readonly secrets: Repository<UserSecret>,
    @InjectRepository(AuthGroup) private readonly groups: Repository<AuthGroup>,
    private readonly passwords: StoredPasswords,
    private readonly limits: AttemptLimits,
    private readonly settings: GlobalSettings,
    private readonly ehrClock: EhrClock,
    private readonly uuids: UuidRegistry,
    private readonly directory: DirectoryService,
  ) {}

  /** @param username in exact case; an active user comes before an inactive one of the same name */
  async find(username: string): Promise<User | null> {
    const users = await findRows(this.users.manager, User, { username }, { by: 'id' });
    const exact = users.filter((user) => user.username === username); // MySQL compares without regard to case and blanks at the end
    return exact.find((user) => user.isActive) ?? exact[0] ?? null;
  }

  /** @param uuid text of any origin */
  async findByUuid(uuid: string): Promise<User | null> {
    return isUuidText(uuid) ? this.users.findOneBy({ uuid }) : null;
  }

  /** @returns the name of the person's authorization group, which the audit log names; null when there is none */
  async findGroupName(username: string): Promise<string | null> {
    const groups = await this.groups.find({ where: { username }, order: { id: 'ASC' } });
    const group = groups.find((row) => row.username === username);
    return group ? (group.name ?? '') : null;
  }

  /** Gives the user a uuid. @returns the one that is there now */
  fillUuid(tx: Transaction, id: number): Promise<string> {
    return this.uuids.assign(tx, User, { id });
  }

  /**
   * Whether these credentials let somebody in: the conditions of the EHR, in its order, but for the age of the password, of which the answer
   * tells. Each answer costs one password hash. Counts failures
   * on the account; a success is for the caller to count, who knows whether a second factor is outstanding.
   * @throws HashingBusyError
   */
  async check(username: string, password: string): Promise<ProvenStaff | Refused<StaffRefusal>> {
    const globals = await this.settings.read();
    const account = await this.findAccount(username);
    if ('reason' in account) return this.refuseUnheard(account, password);
    const { user, groupName, secret } = account;
    const attempt = await this.attemptOn(secret);
    if (attempt.isRefused) {
      await attempt.fail();
      return this.refuseUnheard(refused('user exceeded maximum number of failed logins', { groupName }), password);
    }
    if (isInDirectory(username, globals)) return this.checkInDirectory(account, attempt, password);
    const passwordHash = secret.passwordHash ?? '';
    if (!(await this.passwords.verify(password, passwordHash))) {
      await attempt.fail();
      const isReadable = findPasswordForm(passwordHash) !== null;
      return refused(isReadable ? 'user password incorrect' : 'user stored password hash is invalid', { groupName });
    }
    const isPasswordExpired = isPasswordExpiredAt(secret, await this.ehrClock.nowText(), globals);
    return { isProven: true, user, groupName, passwordHash, verifiedBy: 'hash', isPasswordExpired, attempt };
  }

  /**
   * An attempt at something else that protects the account, such as a second factor.
   * @returns null for somebody without credentials
   */
  async findAttempt(userId: number): Promise<OpenAttempt | null> {
    const secret = await this.secrets.findOneBy({ userId });
    return secret && this.attemptOn(secret);
  }

  /** Whether the EHR lets this person in at all: an account in order, a group, access control. @param username in exact case */
  async isAdmitted(username: string): Promise<boolean> {
    return !('reason' in (await this.findAccount(username)));
  }

  /** Whether the EHR's access control allows everything (`admin/super`). @param username in exact case */
  isAdministrator(username: string): Promise<boolean> {
    return isAdministrator(this.users.manager, username);
  }

  /** @returns SHA-256 in hex of something that changes with the password; null for somebody without credentials */
  async findPasswordMark(userId: number): Promise<string | null> {
    const secret = await this.secrets.findOneBy({ userId });
    return (
      secret &&
      createHash('sha256')
        .update(`staff ${secret.passwordChangedAt ?? secret.passwordHash ?? ''}`)
        .digest('hex')
    );
  }

  /** Forgets the failures of an account, as after a success. @returns whether there is such an account */
  async unlock(userId: number): Promise<boolean> {
    const { affected } = await this.secrets.update({ userId }, { failures: 0, lastFailureAt: null, blockMailed: 0 });
    return affected === 1;
  }

  /** Stores a password that was just verified in the form that the site's settings ask for, if it is in another. */
  async upgradePassword(userId: number, password: string, passwordHash: string): Promise<void> {
    const replacement = await this.passwords.findReplacement(password, passwordHash);
    if (replacement !== null) await this.secrets.update({ userId, passwordHash }, { passwordHash: replacement });
  }

  /**
   * The same for somebody whose password is in the directory: an old one in the EHR does not take its place, and none expires here. A
   * directory that does not answer is nobody's failure, so it is not counted.
   */
  private async checkInDirectory(
    { user, groupName, secret }: Account,
    attempt: Attempt<UserSecret>,
    password: string,
  ): Promise<ProvenStaff | Refused<StaffRefusal>> {
    const asked = this.directory.verify(user.username ?? '', password);
    await this.passwords.verifyDummy(password); // so that an answer takes no less than one about a name that nobody has
    const verdict = await asked;
    if (verdict === 'accepted') {
      return {
        isProven: true,
        user,
        groupName,
        passwordHash: secret.passwordHash ?? '',
        verifiedBy: 'directory',
        isPasswordExpired: false,
        attempt,
      };
    }
    if (verdict === 'refused') await attempt.fail();
    return refused('user failed ldap authentication', { groupName, counts: verdict === 'refused' });
  }

  /** Where the password of a member of staff is kept: here, or in a directory that the EHR asks. */
  async isPasswordElsewhere(username: string): Promise<boolean> {
    return isInDirectory(username, await this.settings.read());
  }

  /**
   * How old a password was at some moment.
   * @returns whether it had expired; and the last day on which it works, if it should have been changed before, as `YYYY-MM-DD`
   */
  async passwordAgeAt(userId: number, moment: Date): Promise<PasswordAge> {
    const globals = await this.settings.read();
    const secret = await this.secrets.findOneBy({ userId });
    if (secret === null || isInDirectory(secret.username ?? '', globals)) return { isExpired: false, lastDayOfGrace: null };
    const text = await this.ehrClock.text(moment);
    return {
      isExpired: isPasswordExpiredAt(secret, text, globals),
      lastDayOfGrace: findLastDayOfGrace(secret.passwordChangedAt, text, ...daysOf(globals)),
    };
  }

  /**
   * Replaces a password that was just verified, as the EHR does: the former ones move on by one place. That failures are forgotten is the
   * doing of the attempt that verified it.
   * @param remembered how many of the latest passwords may not come again
   * @param verified the hash it was verified against: a password that was changed meanwhile is not replaced
   * @throws HashingBusyError, UnhashablePasswordError
   * @see the EHR's src/Common/Auth/AuthUtils.php, updatePassword
   */
  async changePassword(userId: number, next: string, verified: string, remembered: number): Promise<PasswordReplacement> {
    const secret = await this.secrets.findOneBy({ userId });
    if (secret?.passwordHash !== verified) return 'overtaken';
    const { formerHash1, formerHash2, formerHash3, formerHash4 } = secret;
    const known = [verified, formerHash1, formerHash2, formerHash3, formerHash4].slice(0, remembered);
    if (await this.passwords.isAmong(next, known)) return 'used-before';
    const passwordHash = await this.passwords.hash(next);
    const former = { formerHash1: verified, formerHash2: formerHash1, formerHash3: formerHash2, formerHash4: formerHash3 };
    const values = { passwordHash, ...former, passwordChangedAt: await this.ehrClock.nowText() };
    const { affected } = await this.secrets.update({ userId, passwordHash: verified }, values);
    return affected === 1 ? 'changed' : 'overtaken';
  }

  private async refuseUnheard(refusal: Refused<StaffRefusal>, password: string): Promise<Refused<StaffRefusal>> {
    await this.passwords.verifyDummy(password);
    return refusal;
  }

  private async findAccount(username: string): Promise<Account | Refused<StaffRefusal>> {
    const user = await this.find(username);
    if (!user) return refused('user not found');
    if (!user.isActive) return refused('user not active');
    const groupName = await this.findGroupName(username);
    if (groupName === null) return refused('user not found in a group');
    const accessGroups = await findAccessGroups(this.users.manager, username);
    if (accessGroups.length === 0) return refused('user not in any phpGACL groups', { groupName });
    const secret = await this.secrets.findOneBy({ userId: user.id });
    if (secret?.username !== username) return refused('user credentials not found', { groupName });
    return { user, groupName, secret };
  }

  private async attemptOn(secret: UserSecret): Promise<Attempt<UserSecret>> {
    return new Attempt(this.secrets, secret, { userId: secret.userId }, await this.limits.ofStaff());
  }
}

function isPasswordExpiredAt({ passwordChangedAt }: UserSecret, moment: string, globals: Globals): boolean {
  return isPasswordExpired(passwordChangedAt, moment, ...daysOf(globals));
}

function daysOf(globals: Globals): [days: number, grace: number] {
  return [globals.number('password_expiration_days', 0), globals.number('password_grace_time', 0)];
}
