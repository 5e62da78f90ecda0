import { Injectable } from '@nestjs/common';

/** The only source of the present moment, so that tests can hold time still. */
export abstract class Clock {
  /** @returns the present moment; a new Date each time, which the caller may keep */
  abstract now(): Date;
}

/** The clock of the machine. */
@Injectable()
export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}
