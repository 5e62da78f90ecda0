import { findPasswordForm } from '../../platform/ehr/password-form.js';
import { AttemptLimits } from '../../platform/throttle/attempt-limits.js';
import { Attempt, type AttemptLimit } from '../../platform/throttle/failure-counter.js';
import type { Globals } from '../../platform/ehr/global-settings.js';
import { AuthGroup } from '../../users/auth-group.entity.js';
import { isInDirectory } from '../../users/directory-settings.js';
import { isPasswordExpired } from '../../users/password-expiry.js';
import { UserSecret } from '../../users/user-secret.entity.js';
import { User } from '../../users/user.entity.js';
import { readAccessMembers } from '../access-members.query.js';
import { type Check, type Finding, warning, type Words } from '../check.js';
import type { Examination } from '../examination.js';
import { counted, nameList } from '../name-list.js';

/** Why an active member of staff is refused whatever they type, in the order in which a sign-in finds out. */
type Obstacle = 'group' | 'access-group' | 'credentials' | 'locked' | 'password-form' | 'password-expired';

/** Reason and next step of each. */
const ADVICE: Readonly<Record<Obstacle, readonly [what: string, reason: string, nextStep: string]>> = {
  group: [
    'belong to no group',
    'The EHR lets nobody in without a row in the table groups',
    'Save the user once in the EHR (Administration, Users), which writes the row',
  ],
  'access-group': [
    'belong to no access group',
    'Without one there is nothing that they may do',
    'Give them an access group in the EHR (Administration, Users)',
  ],
  credentials: [
    'have no password, or one under another name',
    'The table users_secure has no row of theirs with this user name',
    'Set a password in the EHR (Administration, Users)',
  ],
  locked: [
    'are locked out by failed sign-ins',
    'They are refused until the time of the EHR setting time_reset_password_max_failed_logins has passed',
    'Reset the counter in the EHR (Administration, Users), after asking who tried',
  ],
  'password-form': [
    'have a password in a form that cannot be verified',
    'It was written by a very old version, or by another program',
    'Set a new password in the EHR (Administration, Users)',
  ],
  'password-expired': [
    'have a password that has expired',
    'The EHR settings password_expiration_days and password_grace_time say so',
    'Have them sign in to the EHR and change it, or set a new one there',
  ],
};

/** Active members of staff who cannot sign in. Whoever is inactive is meant to be refused. */
export class PeopleCheck implements Check {
  readonly id = 'people';
  readonly healthy = 'Every active member of staff can sign in';
  readonly needs = ['ehr-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const rules = await this.readRules();
    const { source } = this.examination;
    const secrets = new Map((await source.getRepository(UserSecret).find()).map((secret) => [secret.userId, secret]));
    const users = await source.getRepository(User).find({ where: { isActive: true }, order: { username: 'ASC' } });
    const found = new Map<Obstacle, string[]>();
    for (const { id, username } of users) {
      if (username === null || username === '') continue; // an entry of the address book
      const obstacle = this.findObstacle(username, secrets.get(id) ?? null, rules);
      if (obstacle !== null) found.set(obstacle, [...(found.get(obstacle) ?? []), username]);
    }
    return [...found].map(([obstacle, names]) => warning(`people.${obstacle}`, wordsOf(obstacle, names)));
  }

  private async readRules(): Promise<Rules> {
    const { source, settings, ehrClock, ambient } = this.examination;
    const globals = await settings.read();
    return {
      globals,
      now: await ehrClock.nowText(),
      limit: await new AttemptLimits(settings, ehrClock, ambient.clock).ofStaff(),
      grouped: new Set((await source.getRepository(AuthGroup).find()).map((group) => group.username ?? '')),
      members: await readAccessMembers(source),
    };
  }

  private findObstacle(username: string, secret: UserSecret | null, rules: Rules): Obstacle | null {
    if (!rules.grouped.has(username)) return 'group';
    if (!rules.members.has(username)) return 'access-group';
    if (secret?.username !== username) return 'credentials';
    const secrets = this.examination.source.getRepository(UserSecret);
    if (new Attempt(secrets, secret, { userId: secret.userId }, rules.limit).isRefused) return 'locked';
    return findPasswordObstacle(username, secret, rules);
  }
}

interface Rules {
  readonly globals: Globals;
  /** As the EHR writes it. */
  readonly now: string;
  readonly limit: AttemptLimit;
  /** User names with an authorization group. */
  readonly grouped: ReadonlySet<string>;
  /** User names with an access group. */
  readonly members: ReadonlySet<string>;
}

/** What stands against somebody's password, whatever it is. */
export function findPasswordObstacle(
  username: string,
  { passwordHash, passwordChangedAt }: Pick<UserSecret, 'passwordHash' | 'passwordChangedAt'>,
  { globals, now }: Pick<Rules, 'globals' | 'now'>,
): Obstacle | null {
  if (isInDirectory(username, globals)) return null; // whatever is stored here
  const form = findPasswordForm(passwordHash ?? '');
  if (form === null || form === 'legacy-bcrypt') return 'password-form'; // no PHP in use verifies the legacy form any more
  const days = globals.number('password_expiration_days', 0);
  return isPasswordExpired(passwordChangedAt, now, days, globals.number('password_grace_time', 0)) ? 'password-expired' : null;
}

function wordsOf(obstacle: Obstacle, names: readonly string[]): Words {
  const [what, reason, nextStep] = ADVICE[obstacle];
  return [`${counted(names.length, 'active user')} ${what}: ${nameList(names)}`, reason, nextStep];
}
