import { Worker } from 'node:worker_threads';
import { SHA512_CRYPT_SOURCE } from './sha512-crypt.js';

/** What a thread computes, by name, in the signatures of `@node-rs/bcrypt`, `@node-rs/argon2` and `sha512CryptSync`. */
interface HashingTasks {
  bcryptHash(password: Uint8Array, options: { salt: Uint8Array; cost: number; version: '2y' }): string;
  bcryptVerify(password: Uint8Array, stored: string): boolean;
  argonHash(password: Uint8Array, options: object): string;
  argonVerify(stored: string, password: Uint8Array): boolean;
  sha512Crypt(password: Uint8Array, salt: string, rounds: number): string;
}

type Task = keyof HashingTasks;
type Answer = { readonly value: unknown } | { readonly error: string };

/** Steps behind the threads that answer requests: of one core that both want, hashing gets about a quarter. */
const NICENESS = 5;
/** A thread keeps some 15 MB. */
const REST_MILLISECONDS = 10_000;

/**
 * What a thread runs. As text it needs no file, which stands elsewhere in a build than in the sources.
 * On Linux a priority belongs to a thread, and 0 means the one that asks; elsewhere it belongs to the process, and is left alone.
 */
const SOURCE = `
const { getPriority, setPriority } = require('node:os');
const { parentPort, workerData } = require('node:worker_threads');
const load = require('node:module').createRequire(workerData.home);
if (process.platform === 'linux') {
  try {
    setPriority(0, Math.min(getPriority(0) + ${NICENESS}, 19));
  } catch {} // a sandbox may forbid it; hashing then shares the core evenly
}
const tasks = {
  bcryptHash: (...values) => load('@node-rs/bcrypt').hashSync(...values),
  bcryptVerify: (...values) => load('@node-rs/bcrypt').verifySync(...values),
  argonHash: (...values) => load('@node-rs/argon2').hashSync(...values),
  argonVerify: (...values) => load('@node-rs/argon2').verifySync(...values),
  sha512Crypt: ${SHA512_CRYPT_SOURCE},
};
parentPort.on('message', ([task, values]) => {
  try {
    parentPort.postMessage({ value: tasks[task](...values) });
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});`;

/**
 * Threads that hash passwords, of lower priority than the thread that answers requests: hashing takes every core that is free and gives
 * way where it is not. As many as are asked for at once; a thread is kept for the next password and ends when none has come for a while.
 */
export class HashingThreads {
  private readonly resting: Array<{ thread: HashingThread; end: NodeJS.Timeout }> = [];

  /** @throws Error of the task, or when its thread fails */
  async run<T extends Task>(task: T, ...values: Parameters<HashingTasks[T]>): Promise<ReturnType<HashingTasks[T]>> {
    const thread = this.take();
    const answer = await thread.run(task, values);
    this.rest(thread);
    if ('error' in answer) throw new Error(answer.error);
    return answer.value as ReturnType<HashingTasks[T]>;
  }

  private take(): HashingThread {
    const rested = this.resting.pop();
    if (!rested) return new HashingThread();
    clearTimeout(rested.end);
    return rested.thread;
  }

  private rest(thread: HashingThread): void {
    const end = setTimeout(() => {
      this.resting.splice(this.resting.indexOf(resting), 1);
      thread.end();
    }, REST_MILLISECONDS).unref();
    const resting = { thread, end };
    this.resting.push(resting);
  }
}

/** One thread, with one task at a time. It keeps the process running only while it has one. */
class HashingThread {
  private readonly worker = new Worker(SOURCE, { eval: true, execArgv: [], env: {}, workerData: { home: import.meta.url } });
  private settle: { resolve: (answer: Answer) => void; reject: (reason: Error) => void } | undefined;

  constructor() {
    this.worker.on('message', (answer: Answer) => this.settle?.resolve(answer));
    this.worker.on('error', (error: Error) => this.settle?.reject(error));
    this.worker.on('exit', (code) => this.settle?.reject(new Error(`a hashing thread ended with ${code}`)));
  }

  /** Ends the thread when it rejects. */
  async run(task: Task, values: readonly unknown[]): Promise<Answer> {
    this.worker.ref();
    try {
      return await new Promise<Answer>((resolve, reject) => {
        this.settle = { resolve, reject };
        this.worker.postMessage([task, values]);
      });
    } catch (error) {
      this.end();
      throw error;
    } finally {
      this.settle = undefined;
      this.worker.unref();
    }
  }

  end(): void {
    void this.worker.terminate();
  }
}
