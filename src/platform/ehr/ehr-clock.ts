import { Injectable } from '@nestjs/common';
import { Clock } from '../ambient/clock.js';
import { Config } from '../config/config.js';
import { fromLocalText, isTimeZone, toLocalText } from './ehr-time.js';
import { GlobalSettings } from './global-settings.js';

/** Turns moments into the wall clock texts that the EHR stores, and back: in its own time zone, or in the configured one where it names none. */
@Injectable()
export class EhrClock {
  constructor(
    private readonly settings: GlobalSettings,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** @returns `YYYY-MM-DD HH:MM:SS` for a column of type DATETIME */
  async text(moment: Date): Promise<string> {
    return toLocalText(moment, await this.zone());
  }

  /** @returns the text of the present moment */
  nowText(): Promise<string> {
    return this.text(this.clock.now());
  }

  /** @returns text for a column of type TIMESTAMP, which the database converts itself: our connections speak UTC */
  timestampText(moment: Date): string {
    return toLocalText(moment, 'UTC');
  }

  /** @returns null for NULL and for zero dates */
  async moment(text: string | null): Promise<Date | null> {
    return fromLocalText(text, await this.zone());
  }

  /** @returns IANA zone in which the clinic lives */
  async zone(): Promise<string> {
    const zone = (await this.settings.read()).text('gbl_time_zone');
    return zone !== '' && isTimeZone(zone) ? zone : this.config.ehrTimeZone;
  }
}
