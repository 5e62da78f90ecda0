import { Injectable } from '@nestjs/common';
import { PatientsService } from '../patients/patients.service.js';
import type { Caller } from '../sessions/caller.js';
import { SignInHistory } from '../sessions/sign-in-history.service.js';
import type { SignInOutcome } from '../sessions/sign-in-record.entity.js';
import { StaffService } from '../users/staff.service.js';
import type { Person, Role } from './person.js';

/** Where an attempt came from. */
interface Sender {
  readonly address: string;
  readonly userAgent?: string | null;
  /** The app that sent it; absent for a browser. */
  readonly clientId?: string;
}

/** As whom somebody tried to sign in. */
interface Attempt extends Sender {
  readonly role: Role;
  readonly username: string;
}

/** A refused attempt, in the words of the EHR's log. */
interface Refusal {
  readonly reason: string;
  readonly patientNumber: number | null;
}

/**
 * Notes in a person's history what did not get anybody in: a sign-in that does is noted with the session that it begins. An attempt in
 * the name of nobody is not noted: it would be a list of what people mistype, passwords among it.
 */
@Injectable()
export class AttemptNotes {
  constructor(
    private readonly history: SignInHistory,
    private readonly staff: StaffService,
    private readonly patients: PatientsService,
  ) {}

  /** Name and password were refused. */
  async refused(attempt: Attempt, { reason, patientNumber }: Refusal): Promise<void> {
    const subject = await this.findSubject(attempt, patientNumber);
    const outcome = outcomeOf(reason);
    if (subject === null) this.history.countStranger(outcome);
    else await this.history.note({ ...placeOf(attempt), subject, outcome, amr: [] });
  }

  /** The password was right, and a second factor is outstanding. */
  async halfWay({ subject }: Person, sender: Sender): Promise<void> {
    await this.history.note({ ...placeOf(sender), subject, outcome: 'half-way', amr: ['pwd'] }); // RFC 8176 §2
  }

  /** A second factor was refused. */
  async factorRefused({ subject }: Person, isLocked: boolean, sender: Sender): Promise<void> {
    await this.history.note({ ...placeOf(sender), subject, outcome: isLocked ? 'locked' : 'wrong-factor', amr: ['pwd'] });
  }

  /** A passkey was refused that should have stood for name and password. */
  async passkeyRefused({ subject }: Person, isLocked: boolean, sender: Sender): Promise<void> {
    await this.history.note({ ...placeOf(sender), subject, outcome: isLocked ? 'locked' : 'wrong-factor', amr: [] });
  }

  /** An app signed somebody in by name and password: there is no session that would tell. */
  async signedInByApp({ subject }: Person, amr: readonly string[], sender: Sender): Promise<void> {
    await this.history.note({ ...placeOf(sender), subject, outcome: 'signed-in', amr });
  }

  private async findSubject({ role, username }: Attempt, patientNumber: number | null): Promise<string | null> {
    if (role === 'users') return (await this.staff.find(username))?.uuid ?? null;
    return patientNumber === null ? null : ((await this.patients.findByNumber(patientNumber))?.uuid ?? null);
  }
}

function placeOf({ address, userAgent = null, clientId }: Sender): Caller & { readonly clientId: string | null } {
  return { address, userAgent, clientId: clientId ?? null };
}

function outcomeOf(reason: string): SignInOutcome {
  if (/exceeded maximum|blocked/.test(reason)) return 'locked';
  if (/password incorrect$|hash is invalid$/.test(reason)) return 'wrong-password';
  return reason.endsWith('is expired') ? 'expired' : 'refused';
}
