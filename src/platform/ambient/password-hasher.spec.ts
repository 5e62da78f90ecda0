import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import {
  DEFAULT_PASSWORD_HASH_SETTINGS,
  findPasswordForm,
  readPasswordHashSettings,
  type PasswordHashSettings,
} from '../ehr/password-form.js';
import { HashingBusyError, HashingQueue } from './hashing-queue.js';
import { EhrPasswordHasher, PasswordHasher, UnhashablePasswordError } from './password-hasher.js';
import { Random, SystemRandom } from './random.js';

const hasher = new EhrPasswordHasher(new SystemRandom());
const cheap: PasswordHashSettings = { ...DEFAULT_PASSWORD_HASH_SETTINGS, bcryptCost: 4, argonMemory: 64, argonTime: 1, sha512Rounds: 1000 };
const ALGORITHMS = ['bcrypt', 'argon2i', 'argon2id', 'sha512'] as const;

describe('verify', () => {
  it('lets in exactly who the EHR lets in', async () => {
    const vectors = EHR_VECTORS.password_hashes.verify;
    for (const { label, password, hash, hash_valid: valid, verify } of vectors) {
      expect([label, await hasher.verify(password, hash, cheap)]).toEqual([label, valid && verify]);
    }
    expect(vectors).toHaveLength(19);
  });

  it('refuses a wrong password for every form that can log in', async () => {
    const usable = EHR_VECTORS.password_hashes.verify.filter(({ hash_valid: valid, verify }) => valid && verify);
    for (const { label, password, hash } of usable) {
      expect([label, await hasher.verify(`x${password}`, hash, cheap)]).toEqual([label, false]);
    }
    expect(usable).toHaveLength(11);
  });

  it.each(['$argon2id$', '$argon2i$v=19$m=x', '$6$rounds=5000$', '$2a$05$', `$2y$10$${'!'.repeat(53)}`, '$2y$99$'.padEnd(60, 'a')])(
    'is false, not an error, for a damaged row: %s',
    async (stored) => {
      expect(await hasher.verify('password', stored, cheap)).toBe(false);
    },
  );

  it('spends on a form that cannot log in what the settings ask for', async () => {
    const time = async (bcryptCost: number): Promise<number> => {
      const start = performance.now();
      await hasher.verify('password', 'NoLogin', { ...cheap, bcryptCost });
      return performance.now() - start;
    };
    const light = Math.min(await time(4), await time(4), await time(4)); // the least disturbed of three
    expect(await time(11)).toBeGreaterThan(8 * light);
  });

  it('never matches a password with a NUL byte, which bcrypt would read as its own padding', async () => {
    const stored = await hasher.hash('a', cheap);
    expect(await hasher.verify('a', stored, cheap)).toBe(true);
    expect(await hasher.verify('a\0a', stored, cheap)).toBe(false);
    expect(await hasher.verify('a\0', stored, cheap)).toBe(false);
  });

  it('takes no longer text than a person can mean', async () => {
    const stored = await hasher.hash('q'.repeat(4096), { ...cheap, algorithm: 'sha512' });
    expect(await hasher.verify('q'.repeat(4096), stored, cheap)).toBe(true);
    expect(await hasher.verify('q'.repeat(4097), stored, cheap)).toBe(false);
  });
});

describe('hash', () => {
  it.each(ALGORITHMS)('stores %s in a form that can log in and needs no rehash', async (algorithm) => {
    const settings = { ...cheap, algorithm };
    const stored = await hasher.hash('Zażółć9! ', settings);
    expect(findPasswordForm(stored)).toBe(algorithm);
    expect(hasher.needsRehash(stored, settings)).toBe(false);
    expect(hasher.needsRehash(stored, { ...settings, bcryptCost: 5, argonTime: 2, sha512Rounds: 2000 })).toBe(true);
    expect(await hasher.verify('Zażółć9! ', stored, settings)).toBe(true);
    expect(await hasher.verify('Zażółć9!', stored, settings)).toBe(false);
    expect(await hasher.hash('Zażółć9! ', settings)).not.toBe(stored);
  });

  it('writes the forms that PHP writes', async () => {
    const php = readPasswordHashSettings({ gbl_auth_argon_hash_memory_cost: '128' });
    expect(await hasher.hash('x', php)).toMatch(/^\$2y\$10\$[./A-Za-z0-9]{53}$/);
    expect(await hasher.hash('x', { ...php, algorithm: 'argon2id' })).toMatch(
      /^\$argon2id\$v=19\$m=128,t=4,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/,
    );
    expect(await hasher.hash('x', { ...php, algorithm: 'sha512', sha512Rounds: 1000 })).toMatch(
      /^\$6\$rounds=1000\$[A-Za-z0-9]{16}\$[./A-Za-z0-9]{86}$/,
    );
  });

  it('hashes the first 72 bytes with bcrypt, even in the middle of a character', async () => {
    const stored = await hasher.hash(`${'q'.repeat(71)}ż and more`, cheap);
    expect(await hasher.verify(`${'q'.repeat(71)}ż`, stored, cheap)).toBe(true);
    expect(await hasher.verify('q'.repeat(71), stored, cheap)).toBe(false);
  });

  it.each(ALGORITHMS)('refuses a NUL byte and an endless password for %s', async (algorithm) => {
    await expect(hasher.hash('a\0b', { ...cheap, algorithm })).rejects.toThrow(UnhashablePasswordError);
    await expect(hasher.hash('q'.repeat(4097), { ...cheap, algorithm })).rejects.toThrow(UnhashablePasswordError);
  });
});

describe('verifyDummy', () => {
  it.each(ALGORITHMS)('proves nothing, for any password, with %s', async (algorithm) => {
    for (const password of ['', 'password', 'a\0b', 'q'.repeat(5000)]) {
      expect(await hasher.verifyDummy(password, { ...cheap, algorithm })).toBe(false);
    }
  });
});

describe('under load', () => {
  it('refuses what goes beyond its queue, and serves the rest', async () => {
    const small = new EhrPasswordHasher(new SystemRandom(), new HashingQueue(1, 1));
    const stored = await small.hash('password', cheap);
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => small.verify('password', stored, cheap)));
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : (answer.reason as unknown)))).toEqual([
      true,
      true,
      expect.any(HashingBusyError),
      expect.any(HashingBusyError),
    ]);
    await expect(small.verifyDummy('x', cheap)).resolves.toBe(false);
  });

  it('leaves the event loop free', async () => {
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 1);
    await hasher.hash('password', { ...cheap, bcryptCost: 10 });
    clearInterval(counting);
    expect(turns).toBeGreaterThan(5);
  });
});

it('is injected with the random source alone', async () => {
  @Module({
    providers: [
      { provide: Random, useClass: SystemRandom },
      { provide: PasswordHasher, useClass: EhrPasswordHasher },
    ],
  })
  class HashingModule {}
  const context = await NestFactory.createApplicationContext(HashingModule, { logger: false });
  const injected = context.get(PasswordHasher);
  expect(await injected.verify('x', await injected.hash('x', cheap), cheap)).toBe(true);
  await context.close();
});
