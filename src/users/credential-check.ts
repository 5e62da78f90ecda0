import type { Attempt } from '../platform/throttle/failure-counter.js';
import type { PortalAccount } from './portal-account.entity.js';
import type { User } from './user.entity.js';

/** Why a member of staff is refused, in the words of the EHR's log. */
export type StaffRefusal =
  | 'user not found'
  | 'user not active'
  | 'user not found in a group'
  | 'user not in any phpGACL groups'
  | 'user credentials not found'
  | 'user exceeded maximum number of failed logins'
  | 'user failed ldap authentication'
  | 'user stored password hash is invalid'
  | 'user password incorrect'
  | 'user password is expired';

/** Why a patient's record does not let the patient in, in the words of the EHR's log. */
export type PatientObjection =
  | 'patient not found'
  | 'patient does not permit portal access'
  | 'patient email was not included in credentials'
  | 'patient does not have an email in demographics'
  | 'patient email not correct';

/** Why a patient is refused, in the words of the EHR's log; it does not count the failures of patients, so the lock-out is in ours. */
export type PortalRefusal =
  | PatientObjection
  | 'patient portal information not found'
  | 'patient missing username, login username, or password'
  | 'patient account not yet verified (portal_onetime set)'
  | 'patient account not yet verified (portal_pwd_status is not 1)'
  | 'patient exceeded maximum number of failed logins'
  | 'patient stored password hash is invalid'
  | 'patient password incorrect';

/** Credentials that do not let anybody in. The reason is for the audit log alone. */
export interface Refused<Reason extends string> {
  readonly isProven: false;
  readonly reason: Reason;
  /** Whether it counts against the address it came from. */
  readonly counts: boolean;
  /** '' when not known. */
  readonly groupName: string;
  readonly patientNumber: number | null;
}

/** What became of a new password; `overtaken`: the old one was changed meanwhile. */
export type PasswordReplacement = 'changed' | 'used-before' | 'overtaken';

/** How the count of an attempt ends. */
export type OpenAttempt = Pick<Attempt<never>, 'succeed' | 'fail' | 'isRefused'>;

/** The password is right and nothing stands against the person. */
export interface ProvenStaff {
  readonly isProven: true;
  readonly user: User;
  readonly groupName: string;
  /** The hash that the EHR has; what the password was verified against, unless that was a directory. */
  readonly passwordHash: string;
  readonly verifiedBy: 'hash' | 'directory';
  /** It has grown too old: right, and good for nothing but to be changed. */
  readonly isPasswordExpired: boolean;
  /** To be ended with `succeed`, unless a second factor is outstanding. */
  readonly attempt: OpenAttempt;
}

/** The password is right and nothing stands against the patient. */
export interface ProvenPatient {
  readonly isProven: true;
  readonly account: PortalAccount;
  readonly patientNumber: number;
  readonly passwordHash: string;
  readonly attempt: OpenAttempt;
}

export function refused<Reason extends string>(
  reason: Reason,
  facts: { counts?: boolean; groupName?: string; patientNumber?: number | null } = {},
): Refused<Reason> {
  return {
    isProven: false,
    reason,
    counts: facts.counts ?? true,
    groupName: facts.groupName ?? '',
    patientNumber: facts.patientNumber ?? null,
  };
}
