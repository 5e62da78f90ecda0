import { Clock } from '../../src/platform/ambient/clock.js';

/** A clock that stands still until it is moved. */
export class FixedClock extends Clock {
  private constructor(private moment: Date) {
    super();
  }

  static at(text: string): FixedClock {
    return new FixedClock(new Date(text));
  }

  now(): Date {
    return new Date(this.moment);
  }

  /** Moves it on. */
  advance(seconds: number): void {
    this.moment = new Date(this.moment.getTime() + seconds * 1000);
  }
}
