import { Clock } from '../../src/platform/ambient/clock.js';

/** The real time, moved on at will: a minute passes without waiting for it. */
export class ShiftableClock extends Clock {
  private shift = 0;

  now(): Date {
    return new Date(Date.now() + this.shift);
  }

  advance(seconds: number): void {
    this.shift += seconds * 1000;
  }
}
