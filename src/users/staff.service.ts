import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { type Globals, GlobalSettings } from '../platform/ehr/global-settings.js';
import { findPasswordForm } from '../platform/ehr/password-form.js';
import { isUuidText } from '../platform/ehr/stored-uuid.js';
import { UuidRegistry } from '../platform/ehr/uuid-registry.js';
import { AttemptLimits } from '../platform/throttle/attempt-limits.js';
import { Attempt } from '../platform/throttle/failure-counter.js';
import { AuthGroup } from './auth-group.entity.js';
import { type OpenAttempt, type ProvenStaff, refused, type Refused, type StaffRefusal } from './credential-check.js';
import { isPermitted, type Permission } from './ehr-permission.query.js';
import { findAccessGroups } from './ehr-roles.query.js';
import { isPasswordExpired } from './password-expiry.js';
import { StoredPasswords } from './stored-passwords.js';
import { UserSecret } from './user-secret.entity.js';
import { User } from './user.entity.js';

interface Account {
  readonly user: User;
  readonly groupName: string;
  readonly secret: UserSecret;
}

/** Members of staff: who they are, and whether somebody may sign in as one of them. */
@Injectable()
export class StaffService {
  private readonly logger = new Logger('Staff');

  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    @InjectRepository(UserSecret) private readonly secrets: Repository<UserSecret>,
    @InjectRepository(AuthGroup) private readonly groups: Repository<AuthGroup>,
    private readonly passwords: StoredPasswords,
    private readonly limits: AttemptLimits,
    private readonly settings: GlobalSettings,
    private readonly ehrClock: EhrClock,
    private readonly uuids: UuidRegistry,
  ) {}

  /** @param username in exact case; an active user comes before an inactive one of the same name */
  async find(username: string): Promise<User | null> {
    const users = await this.users.find({ where: { username }, order: { id: 'ASC' } });
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

  /** Whether the EHR's access rules let somebody do something. @param username in exact case */
  isPermitted(username: string, permission: Permission): Promise<boolean> {
    return isPermitted(this.users.manager, username, permission);
  }

  /** Gives the user a uuid. @returns the one that is there now */
  fillUuid(tx: Transaction, id: number): Promise<string> {
    return this.uuids.assign(tx, User, { id });
  }

  /**
   * Whether these credentials let somebody in: the conditions of the EHR, in its order. Each answer costs one password hash. Counts failures
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
    if (this.isForDirectory(username, globals)) {
      return this.refuseUnheard(refused('user failed ldap authentication', { groupName }), password);
    }
    const passwordHash = secret.passwordHash ?? '';
    if (!(await this.passwords.verify(password, passwordHash))) {
      await attempt.fail();
      const isReadable = findPasswordForm(passwordHash) !== null;
      return refused(isReadable ? 'user password incorrect' : 'user stored password hash is invalid', { groupName });
    }
    if (await this.isExpired(secret, globals)) return refused('user password is expired', { groupName, counts: false });
    return { isProven: true, user, groupName, passwordHash, attempt };
  }

  /**
   * An attempt at something else that protects the account, such as a second factor.
   * @returns null for somebody without credentials
   */
  async findAttempt(userId: number): Promise<OpenAttempt | null> {
    const secret = await this.secrets.findOneBy({ userId });
    return secret && this.attemptOn(secret);
  }

  /** Stores a password that was just verified in the form that the site's settings ask for, if it is in another. */
  async upgradePassword(userId: number, password: string, passwordHash: string): Promise<void> {
    const replacement = await this.passwords.findReplacement(password, passwordHash);
    if (replacement !== null) await this.secrets.update({ userId, passwordHash }, { passwordHash: replacement });
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

  /** Whether the EHR asks a directory (LDAP) about this person. We cannot, and an old local password must not take its place. */
  private isForDirectory(username: string, globals: Globals): boolean {
    if (!globals.isOn('gbl_ldap_enabled')) return false;
    const exclusions = globals.text('gbl_ldap_exclusions').split(',');
    if (exclusions.some((name) => name.trim() === username)) return false;
    this.logger.warn('refused somebody whose password is in a directory (LDAP), which this server does not ask: see gbl_ldap_exclusions');
    return true;
  }

  private async isExpired(secret: UserSecret, globals: Globals): Promise<boolean> {
    const days = globals.number('password_expiration_days', 0);
    const grace = globals.number('password_grace_time', 0);
    return isPasswordExpired(secret.passwordChangedAt, await this.ehrClock.nowText(), days, grace);
  }
}
