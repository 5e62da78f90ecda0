import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { type AddressRefusal, AddressAttempts } from '../platform/throttle/address-attempts.js';
import { MfaService } from '../mfa/mfa.service.js';
import type { Patient } from '../patients/patient.entity.js';
import { PatientsService } from '../patients/patients.service.js';
import {
  type PatientObjection,
  type PortalRefusal,
  type ProvenPatient,
  type ProvenStaff,
  refused,
  type Refused,
  type StaffRefusal,
} from '../users/credential-check.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import { StoredPasswords } from '../users/stored-passwords.js';
import { Accounts } from './accounts.service.js';
import { AttemptNotes } from './attempt-notes.service.js';
import { PeopleService } from './people.service.js';
import type { Person, Role } from './person.js';
import { type FactorSender, type SecondFactorKind, SecondFactors } from './second-factors.service.js';

/** What somebody sent to prove who they are. */
export interface Credentials {
  readonly role: Role;
  readonly username: string;
  readonly password: string;
  /** Patients only; asked for where the EHR is set so. */
  readonly email: string | undefined;
  /** IP address of the caller. */
  readonly address: string;
  /** What the caller says of itself. */
  readonly userAgent?: string | null;
  /** The app that sends them itself; absent for a browser. */
  readonly clientId?: string;
  /** Whether a right but expired password will do, because a page follows on which a new one must be set. */
  readonly mayBeExpired?: boolean;
}

type FormRefusal = 'empty username or password' | 'username or password is longer than any';
type Refusal = Refused<FormRefusal | AddressRefusal | StaffRefusal | PortalRefusal>;
type Proven = Pick<ProvenStaff, 'isProven' | 'attempt'> & { readonly person: Person; readonly groupName: string };

/** Characters. */
const LONGEST_USERNAME = 255;
const LONGEST_PASSWORD = 4096;

const SIGN_IN_EVENTS: Readonly<Record<Role, AuditEvent>> = { users: 'staff sign-in', patient: 'patient sign-in' };

/** Proves who somebody is: by password, and by a second factor where they have enrolled one. Every attempt is counted and audited. */
@Injectable()
export class Authentication {
  constructor(
    private readonly people: PeopleService,
    private readonly staff: StaffService,
    private readonly portalAccounts: PortalAccountsService,
    private readonly patients: PatientsService,
    private readonly passwords: StoredPasswords,
    private readonly mfa: MfaService,
    private readonly secondFactors: SecondFactors,
    private readonly accounts: Accounts,
    private readonly addresses: AddressAttempts,
    private readonly settings: GlobalSettings,
    private readonly audit: AuditService,
    private readonly notes: AttemptNotes,
  ) {}

  /**
   * @returns null for every failure alike, after the same work: whoever asks cannot tell an unknown name from a wrong password
   * @throws HashingBusyError when too many passwords wait to be hashed
   */
  async authenticate(credentials: Credentials): Promise<Person | null> {
    const { role, username, address } = credentials;
    const event = SIGN_IN_EVENTS[role];
    const fromAddress = await this.addresses.open(address);
    const check = fromAddress.refusal ? await this.refuseUnheard(fromAddress.refusal, credentials) : await this.check(credentials);
    if (!check.isProven) {
      if (check.counts) await fromAddress.fail();
      const { reason, groupName, patientNumber } = check;
      await this.audit.record({ event, success: false, address, reason, username, groupName, patientNumber });
      await this.notes.refused(credentials, check);
      return null;
    }
    const { person, groupName, attempt } = check;
    const isLastFactor = (await this.secondFactorOf(person)) === 'none';
    // With a second factor outstanding the count goes on: its codes could be guessed without end by whoever knows the password.
    const stands = !isLastFactor || ((await attempt.succeed()) && (await fromAddress.succeed()));
    if (!isLastFactor) await this.notes.halfWay(person, credentials);
    else if (!stands) {
      const tooMany = this.accounts.tooManyFailures(person);
      await this.notes.refused(credentials, { reason: tooMany, patientNumber: person.patientNumber });
    }
    const reason = !stands
      ? this.accounts.tooManyFailures(person)
      : isLastFactor
        ? 'signed in'
        : 'password accepted, second factor outstanding';
    const { userId, patientNumber } = person;
    await this.audit.record({ event, success: stands, address, reason, username, groupName, userId, patientNumber });
    return stands ? person : null;
  }

  /** What the person has to show beside the password. */
  secondFactorOf(person: Person): Promise<SecondFactorKind> {
    return this.secondFactors.kindOf(person);
  }

  /**
   * Checks a code and uses it up. A wrong or repeated one counts towards the same lock-out as a wrong password.
   * @param code as typed
   * @param address IP address of the caller
   * @param from what else is known of the caller
   */
  async verifySecondFactor(person: Person, code: string, address: string, from: FactorSender = {}): Promise<boolean> {
    return (await this.secondFactors.proveCode(person, code, address, from)) !== null;
  }

  private check(credentials: Credentials): Promise<Proven | Refusal> {
    const { username, password, role } = credentials;
    if (username === '' || password === '') return this.refuseUnheard('empty username or password', credentials);
    if (username.length > LONGEST_USERNAME || password.length > LONGEST_PASSWORD) {
      return Promise.resolve(refused('username or password is longer than any'));
    }
    return role === 'users' ? this.checkStaff(credentials) : this.checkPatient(credentials);
  }

  private async checkStaff({ username, password, mayBeExpired = false }: Credentials): Promise<Proven | Refusal> {
    const check = await this.staff.check(username, password);
    if (!check.isProven) return check;
    const { user, groupName, passwordHash, verifiedBy, attempt, isPasswordExpired } = check;
    if (isPasswordExpired && !mayBeExpired) return refused('user password is expired', { groupName, counts: false });
    await this.mfa.adoptInstallerForm(user.id, passwordHash);
    if (verifiedBy === 'hash') await this.staff.upgradePassword(user.id, password, passwordHash);
    return { isProven: true, person: await this.people.ofStaff(user), groupName, attempt };
  }

  private async checkPatient({ username, password, email }: Credentials): Promise<Proven | Refusal> {
    const isEmailNeeded = (await this.settings.read()).isOn('enforce_signin_email');
    const check: ProvenPatient | Refusal = await this.portalAccounts.check(username, password, async (patientNumber) =>
      patientObjection(await this.patients.findByNumber(patientNumber), email, isEmailNeeded),
    );
    if (!check.isProven) return check;
    const { account, patientNumber, passwordHash, attempt } = check;
    const patient = await this.patients.findByNumber(patientNumber);
    if (!patient) return refused('patient not found', { patientNumber });
    await this.portalAccounts.upgradePassword(account.id, password, passwordHash);
    return { isProven: true, person: await this.people.ofPatient(patient, account), groupName: '', attempt };
  }

  private async refuseUnheard(reason: FormRefusal | AddressRefusal, { password }: Credentials): Promise<Refusal> {
    if (password.length <= LONGEST_PASSWORD) await this.passwords.verifyDummy(password);
    return refused(reason);
  }
}

/** What a patient's record says against a sign-in, in the EHR's order. */
function patientObjection(patient: Patient | null, email: string | undefined, isEmailNeeded: boolean): PatientObjection | null {
  if (!patient) return 'patient not found';
  if (patient.allowPortal !== 'YES') return 'patient does not permit portal access';
  if (!isEmailNeeded) return null;
  if (!email) return 'patient email was not included in credentials';
  if (!patient.email) return 'patient does not have an email in demographics';
  return patient.email === email ? null : 'patient email not correct';
}
