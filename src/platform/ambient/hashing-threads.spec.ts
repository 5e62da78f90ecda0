import { readdirSync } from 'node:fs';
import { getPriority } from 'node:os';
import { HashingThreads } from './hashing-threads.js';
import { sha512CryptSync } from './sha512-crypt.js';

const threads = new HashingThreads();
const password = Buffer.from('a short string');
const CHEAP = { salt: Buffer.alloc(16, 7), cost: 4, version: '2y' } as const;

/** Priorities of all threads of this process; Linux gives each its own. */
const priorities = (): number[] => readdirSync('/proc/self/task').map((thread) => getPriority(Number(thread)));

describe('HashingThreads', () => {
  it('hashes and verifies with bcrypt and Argon2', async () => {
    const bcrypt = await threads.run('bcryptHash', password, CHEAP);
    expect(bcrypt).toMatch(/^\$2y\$04\$/);
    expect(await threads.run('bcryptVerify', password, bcrypt.replace('$2y$', '$2b$'))).toBe(true);
    const argon = await threads.run('argonHash', password, { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 });
    expect(await threads.run('argonVerify', argon, password)).toBe(true);
    expect(await threads.run('argonVerify', argon, Buffer.from('another'))).toBe(false);
  });

  it('computes SHA512-crypt as this thread does', async () => {
    expect(await threads.run('sha512Crypt', password, 'saltsalt', 1000)).toBe(sha512CryptSync(password, 'saltsalt', 1000));
  });

  it('leaves the event loop free', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await threads.run('sha512Crypt', password, 'asaltof16chars..', 123_456);
    clearInterval(counting);
    expect(turns).toBeGreaterThan(20);
  });

  it('tells what a task failed with, and goes on', async () => {
    await expect(threads.run('argonVerify', '$argon2id$', password)).rejects.toThrow();
    await expect(threads.run('sha512Crypt', password, Symbol('salt') as unknown as string, 1000)).rejects.toThrow();
    expect(await threads.run('bcryptHash', password, CHEAP)).toMatch(/^\$2y\$/);
  });

  it('does as many at once as are asked for', async () => {
    const hashes = await Promise.all(Array.from({ length: 5 }, () => threads.run('bcryptHash', password, CHEAP)));
    expect(new Set(hashes).size).toBe(1);
  });

  if (process.platform === 'linux') {
    it('runs behind the thread that answers', async () => {
      await threads.run('bcryptHash', password, CHEAP);
      expect(getPriority()).toBeLessThan(19);
      expect(Math.max(...priorities())).toBe(Math.min(getPriority() + 5, 19));
    });
  }
});
