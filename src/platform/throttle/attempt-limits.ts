import { Injectable } from '@nestjs/common';
import { Clock } from '../ambient/clock.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { GlobalSettings } from '../ehr/global-settings.js';
import type { AttemptLimit } from './failure-counter.js';

/** What a new installation of 7.0.2 sets. */
const LATER_DEFAULTS = { maximum: 100, seconds: 3600 };

/** The EHR's rules about failed sign-ins, so that one policy holds over both servers. */
@Injectable()
export class AttemptLimits {
  constructor(
    private readonly settings: GlobalSettings,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
  ) {}

  /** For one address; moments as the EHR writes them. */
  ofAddress(): Promise<AttemptLimit> {
    return this.asTexts('ip_max_failed_logins', 'ip_time_reset_password_max_failed_logins');
  }

  /** The same where the EHR keeps no count by address: its later versions' defaults, unless it has the settings. */
  ofAddressHere(): Promise<Limit> {
    return this.read('ip_max_failed_logins', 'ip_time_reset_password_max_failed_logins', LATER_DEFAULTS);
  }

  /** For one member of staff; moments as the EHR writes them. */
  ofStaff(): Promise<AttemptLimit> {
    return this.asTexts('password_max_failed_logins', 'time_reset_password_max_failed_logins');
  }

  /** For one patient: the EHR has no rule, that for staff is taken. */
  ofPatient(): Promise<Limit> {
    return this.read('password_max_failed_logins', 'time_reset_password_max_failed_logins');
  }

  private async asTexts(maximum: string, window: string): Promise<AttemptLimit> {
    const limit = await this.read(maximum, window);
    return {
      maximum: limit.maximum,
      now: await this.ehrClock.text(limit.now),
      forgottenBefore: limit.forgottenBefore && (await this.ehrClock.text(limit.forgottenBefore)),
    };
  }

  /** A missing setting counts as 0, unless told otherwise: no limit, or a failure that is never forgotten. */
  private async read(maximum: string, window: string, missing = { maximum: 0, seconds: 0 }): Promise<Limit> {
    const globals = await this.settings.read();
    const now = this.clock.now();
    const seconds = globals.number(window, missing.seconds);
    return {
      maximum: globals.number(maximum, missing.maximum),
      now,
      forgottenBefore: seconds > 0 ? new Date(now.getTime() - seconds * 1000) : null,
    };
  }
}

interface Limit extends AttemptLimit {
  readonly now: Date;
  readonly forgottenBefore: Date | null;
}
