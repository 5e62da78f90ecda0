import { tracingChannel } from 'node:diagnostics_channel';
import { availableParallelism } from 'node:os';

/** Tells that a password waits and is hashed, to who listens; nothing about it. */
export const HASHING_CHANNEL = 'chartkey:hashing';
const channel = tracingChannel(HASHING_CHANNEL);

/** More passwords wait to be hashed than the server will ever get to in time. Answer 503; nothing is wrong with the request. */
export class HashingBusyError extends Error {
  override readonly name = 'HashingBusyError';

  constructor() {
    super('too many passwords are waiting to be hashed');
  }
}

/** Lets so many jobs run at once, so many wait, and refuses the rest: a flood of sign-ins must not take memory and minutes. */
export class HashingQueue {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /**
   * @param concurrency jobs at once; hashing keeps a core busy, so the number of cores
   * @param bound jobs that may wait
   */
  constructor(
    private readonly concurrency: number = availableParallelism(),
    private readonly bound = 256,
  ) {}

  /**
   * Runs a job when its turn comes, first come first served.
   * @throws HashingBusyError at once when the queue is full; otherwise what the job throws
   */
  run<T>(job: () => Promise<T>): Promise<T> {
    return channel.hasSubscribers ? channel.tracePromise(() => this.inTurn(job), {}) : this.inTurn(job);
  }

  /** Jobs that wait for their turn. */
  get length(): number {
    return this.waiting.length;
  }

  private async inTurn<T>(job: () => Promise<T>): Promise<T> {
    if (this.running < this.concurrency) this.running += 1;
    else await this.turn();
    try {
      return await job();
    } finally {
      const next = this.waiting.shift();
      if (next)
        next(); // the place is handed over, so nobody can slip in between
      else this.running -= 1;
    }
  }

  private turn(): Promise<void> {
    if (this.waiting.length >= this.bound) throw new HashingBusyError();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
