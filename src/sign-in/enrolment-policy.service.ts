import { Injectable } from '@nestjs/common';
import { MfaStates } from '../mfa/mfa-states.service.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { type EnrolmentDue, enrolmentDue, graceEnd, type MfaRole, type MfaRule, ruleFor } from '../protocol/mfa/policy.js';
import { StaffService } from '../users/staff.service.js';
import type { Person } from './person.js';

/** What the clinic asks of a person who has no second factor. */
export interface DueEnrolment {
  readonly due: EnrolmentDue;
  /** Until when it may be put off; null when nothing is due. */
  readonly until: Date | null;
}

/** Whom the clinic asks to have a second factor. */
@Injectable()
export class EnrolmentPolicy {
  constructor(
    private readonly staff: StaffService,
    private readonly states: MfaStates,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async ruleFor(person: Person): Promise<MfaRule> {
    return ruleFor(await this.roleOf(person), this.config.mfa);
  }

  /** What is due from somebody who has signed in and has no second factor. With the first call under a rule that asks for one, grace begins. */
  async dueFor(person: Person): Promise<DueEnrolment> {
    const rule = await this.ruleFor(person);
    if (rule !== 'required') return { due: 'none', until: null };
    const { graceDays } = this.config.mfa;
    const since = await this.states.beginGrace(person.subject);
    return { due: enrolmentDue(rule, since, graceDays, this.clock.now()), until: graceEnd(since, graceDays) };
  }

  /** Administrators are looked for only where their rule could be another. */
  private async roleOf({ role, username }: Person): Promise<MfaRole> {
    if (role === 'patient') return 'patient';
    const { mfa } = this.config;
    if (ruleFor('staff', mfa) === ruleFor('administrator', mfa)) return 'staff';
    return (await this.staff.isAdministrator(username)) ? 'administrator' : 'staff';
  }
}
