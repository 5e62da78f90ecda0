import type { Globals } from '../platform/ehr/global-settings.js';

/** What the site asks of a new password. Lengths are bytes of UTF-8, as PHP counts them; 0 for no limit. */
export interface PasswordRules {
  readonly minimum: number;
  readonly maximum: number;
  /** A small letter, a capital letter, a digit, and something else: one of each. */
  readonly needsKinds: boolean;
  /** How many of the latest passwords may not come again, the present one included; the EHR keeps five. */
  readonly remembered: number;
}

/** What stands against a new password, whoever's it is. */
export type PasswordObjection = 'too-short' | 'too-long' | 'too-simple' | 'unusable';

/** Bytes that can be hashed at all; see PasswordHasher. */
const LONGEST = 4096;
const KEPT = 5;
const KINDS = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** The rules of the site; where the EHR has no such row, its defaults. */
export function readPasswordRules(globals: Globals): PasswordRules {
  return {
    minimum: globals.number('gbl_minimum_password_length', 9),
    maximum: globals.number('gbl_maximum_password_length', 72),
    needsKinds: globals.isOn('secure_password', true),
    remembered: Math.min(globals.number('password_history', KEPT), KEPT),
  };
}

/**
 * What the rules say about a password by itself, as the EHR does when one is changed.
 * @returns everything that stands against it; empty when it may be taken
 * @see the EHR's src/Common/Auth/AuthUtils.php, testMinimumPasswordLength and its neighbours
 */
export function findPasswordObjections(password: string, rules: PasswordRules): PasswordObjection[] {
  const length = Buffer.byteLength(password, 'utf8');
  const found: Record<PasswordObjection, boolean> = {
    'too-short': length < Math.max(rules.minimum, 1),
    'too-long': (rules.maximum > 0 && length > rules.maximum) || length > LONGEST,
    'too-simple': rules.needsKinds && !KINDS.every((kind) => kind.test(password)),
    unusable: password.includes('\0'),
  };
  return (Object.keys(found) as PasswordObjection[]).filter((objection) => found[objection]);
}
