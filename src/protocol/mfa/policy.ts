/** Whether people of a role need a second factor. */
export const MFA_RULES = ['off', 'optional', 'required'] as const;
export type MfaRule = (typeof MFA_RULES)[number];

/** Whom a rule is for. Administrators are members of staff whom the EHR allows `admin/super`. */
export type MfaRole = 'staff' | 'administrator' | 'patient';

/** What the clinic asks for. */
export interface MfaPolicy {
  readonly staff: MfaRule;
  readonly administrators: MfaRule;
  readonly patients: MfaRule;
  /** Days after the first sign-in under a rule `required` on which a person may still put enrolment off. */
  readonly graceDays: number;
}

/**
 * What is to be said to a person who has no second factor: nothing, that there should be one, or that there must be one before they go on.
 */
export type EnrolmentDue = 'none' | 'advised' | 'demanded';

const DAY = 86_400_000;

/**
 * The rule for a role. Administrators are members of staff: for them the stricter of the two rules holds.
 * @returns `off` only says that nobody is offered a second factor; whoever has one is asked for it under every rule
 */
export function ruleFor(role: MfaRole, policy: MfaPolicy): MfaRule {
  if (role === 'patient') return policy.patients;
  if (role === 'staff') return policy.staff;
  return MFA_RULES[Math.max(MFA_RULES.indexOf(policy.staff), MFA_RULES.indexOf(policy.administrators))] ?? 'required';
}

/**
 * When grace ends.
 * @param since first sign-in under the rule
 */
export function graceEnd(since: Date, graceDays: number): Date {
  return new Date(since.getTime() + graceDays * DAY);
}

/**
 * What is due from a person without a second factor.
 * @param since when they first signed in under a rule `required`; null when that is now
 */
export function enrolmentDue(rule: MfaRule, since: Date | null, graceDays: number, now: Date): EnrolmentDue {
  if (rule !== 'required') return 'none';
  return now < graceEnd(since ?? now, graceDays) ? 'advised' : 'demanded';
}
