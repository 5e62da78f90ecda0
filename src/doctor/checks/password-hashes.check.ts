import { findPasswordForm } from '../../platform/ehr/password-form.js';
import { PortalAccount } from '../../users/portal-account.entity.js';
import { UserSecret } from '../../users/user-secret.entity.js';
import { type Check, type Finding, info } from '../check.js';
import type { Examination } from '../examination.js';

/** In which forms passwords are stored. */
export class PasswordHashesCheck implements Check {
  readonly id = 'password-hashes';
  readonly healthy = 'No passwords are stored';
  readonly needs = ['ehr-tables'] as const;
  readonly isSlow = true;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source } = this.examination;
    const staff = await source.getRepository(UserSecret).find();
    const patients = await source.getRepository(PortalAccount).find();
    const hashes = [...staff, ...patients].flatMap(({ passwordHash }) => passwordHash ?? []).filter((hash) => hash !== '');
    if (hashes.length === 0) return [];
    const counts = countForms(hashes);
    return [
      info('password-hashes.forms', [
        `Stored passwords by form: ${[...counts].map(([form, count]) => `${form} ${count}`).join(', ')}`,
        'Each is verified as the EHR does it and brought to the form of its settings (gbl_auth_hash_algo) at the next sign-in',
        'Nothing, unless a form is called unknown or legacy: those people need a new password',
      ]),
    ];
  }
}

/** @returns how many there are of each form, the most frequent first */
export function countForms(hashes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const hash of hashes) {
    const form = findPasswordForm(hash) ?? 'unknown';
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return new Map([...counts].sort(([, one], [, other]) => other - one));
}
