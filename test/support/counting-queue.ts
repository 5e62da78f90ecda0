import { HashingBusyError, HashingQueue } from '../../src/platform/ambient/hashing-queue.js';

/** Counts the hashes that are computed, which is what takes time. */
export class CountingQueue extends HashingQueue {
  work = 0;
  /** Whether there is no room for more. */
  isBusy = false;

  override run<T>(job: () => Promise<T>): Promise<T> {
    if (this.isBusy) return Promise.reject(new HashingBusyError());
    this.work += 1;
    return super.run(job);
  }
}
