import { availableParallelism } from 'node:os';

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
  async run<T>(job: () => Promise<T>): Promise<T> {
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
