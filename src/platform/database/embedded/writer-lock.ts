import { AsyncLocalStorage } from 'node:async_hooks';

/** Ends one turn of the lock. Calling it twice has no further effect. */
export type ReleaseWriter = () => void;

/**
 * One writer at a time on the embedded database, first come, first served.
 * SQLite has a single write lock and its driver blocks the thread while it waits, so two writers
 * of one process must take turns before they reach it.
 */
export class WriterLock {
  private tail: Promise<void> = Promise.resolve();
  private readonly transaction = new AsyncLocalStorage<true>();

  /**
   * Waits for the turn to write.
   * @throws Error when the caller is inside a transaction: its turn would wait for itself
   */
  async acquire(): Promise<ReleaseWriter> {
    if (this.transaction.getStore()) {
      throw new Error('a write outside the open transaction was attempted from within it; pass the transaction to the service');
    }
    const before = this.tail;
    let release: ReleaseWriter = () => undefined;
    this.tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  /** Runs the body of a transaction, so that a stray plain write inside it is refused and not left waiting for ever. */
  insideTransaction<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction.run(true, work);
  }
}
