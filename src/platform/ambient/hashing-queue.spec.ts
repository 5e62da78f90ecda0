import { HashingBusyError, HashingQueue } from './hashing-queue.js';

/** A job that ends when told to, and shows whether it began. */
class HeldJob {
  began = false;
  end!: () => void;
  private readonly ended = new Promise<void>((resolve) => (this.end = resolve));

  readonly work = async (): Promise<string> => {
    this.began = true;
    await this.ended;
    return 'done';
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('HashingQueue', () => {
  it('runs so many at once, lets so many wait, and refuses the rest', async () => {
    const queue = new HashingQueue(2, 1);
    const jobs = [new HeldJob(), new HeldJob(), new HeldJob()];
    const runs = jobs.map((job) => queue.run(job.work));
    await expect(queue.run(new HeldJob().work)).rejects.toThrow(HashingBusyError);
    expect(jobs.map((job) => job.began)).toEqual([true, true, false]);
    jobs[0]?.end();
    await settle();
    expect(jobs[2]?.began).toBe(true);
    for (const job of jobs) job.end();
    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done']);
  });

  it('gives the place of a failed job to the next', async () => {
    const queue = new HashingQueue(1, 5);
    const failing = queue.run(() => Promise.reject(new Error('broken')));
    const next = queue.run(() => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('next');
  });

  it('keeps the order and the limit through many jobs', async () => {
    const queue = new HashingQueue(3, 100);
    const order: number[] = [];
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        queue.run(async () => {
          most = Math.max(most, (running += 1));
          order.push(index);
          await settle();
          running -= 1;
        }),
      ),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect([most, order.length, running]).toEqual([3, 40, 0]);
  });
});
