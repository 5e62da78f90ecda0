import type { Session } from '../sessions/session.entity.js';

/** `users` for members of staff, `patient` for patients with a portal account. */
export type Role = 'users' | 'patient';

/** Somebody who can sign in, as the rest of the server knows them. */
export interface Person {
  /** uuid text: `sub`. */
  readonly subject: string;
  readonly role: Role;
  /** Login name as the EHR has it. */
  readonly username: string;
  readonly displayName: string;
  /** Whether the EHR would still let them in, passwords apart. */
  readonly isActive: boolean;
  /** `users.id`; null for patients. */
  readonly userId: number | null;
  /** `patient_data.pid`; null for staff. */
  readonly patientNumber: number | null;
  /** Every claim that is known, by wire name; unknown ones are absent. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Somebody who is signed in with a browser, and may be. */
export interface SignedInPerson {
  readonly session: Session;
  readonly person: Person;
}
