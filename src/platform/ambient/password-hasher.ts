import { Injectable, Optional } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import { DEFAULT_PASSWORD_HASH_SETTINGS, findPasswordForm, needsRehash, type PasswordHashSettings } from '../ehr/password-form.js';
import { HashingQueue } from './hashing-queue.js';
import { HashingThreads } from './hashing-threads.js';
import { LETTERS_AND_DIGITS, Random, randomText } from './random.js';
import { findSha512CryptForm } from './sha512-crypt.js';

const BCRYPT_BYTES = 72;
const LONGEST_BYTES = 4096;
const SALT_BYTES = 16;
const DUMMY_PASSWORD = 'a password nobody has';
const ARGON2I = 1;
const ARGON2ID = 2;

/** One set for the process, as it has one set of cores. */
const threads = new HashingThreads();

/** A password that cannot be hashed: it holds a NUL byte, or is longer than any form on a page allows. */
export class UnhashablePasswordError extends Error {
  override readonly name = 'UnhashablePasswordError';
}

/** Hashes and verifies passwords the way the EHR stores them. All of it is asynchronous and off the event loop. */
export abstract class PasswordHasher {
  /**
   * Whether a password is the stored one. Never throws for what a stranger may send or a row may hold.
   * @param password as posted: no trimming, no normalisation
   * @param stored text of the column; a form that cannot log in costs as much as one that can
   * @param settings tell that cost
   * @throws HashingBusyError
   */
  abstract verify(password: string, stored: string, settings?: PasswordHashSettings): Promise<boolean>;

  /**
   * Makes the text to store.
   * @throws UnhashablePasswordError
   * @throws HashingBusyError
   */
  abstract hash(password: string, settings: PasswordHashSettings): Promise<string>;

  /** Whether a stored password that was just verified is to be replaced by one that fits the settings. */
  abstract needsRehash(stored: string, settings: PasswordHashSettings): boolean;

  /**
   * Takes as long as a verification and proves nothing: for unknown users, so that the time of the answer does not tell who exists.
   * @throws HashingBusyError
   */
  abstract verifyDummy(password: string, settings: PasswordHashSettings): Promise<false>;

  /** Passwords that wait for a core. */
  abstract get waiting(): number;
}

/** The forms of the EHR: bcrypt as `$2y$`, Argon2i, Argon2id, and SHA512-crypt with stated rounds. */
@Injectable()
export class EhrPasswordHasher extends PasswordHasher {
  private readonly queue: HashingQueue;

  constructor(
    private readonly random: Random,
    @Optional() queue?: HashingQueue,
  ) {
    super();
    this.queue = queue ?? new HashingQueue();
  }

  override get waiting(): number {
    return this.queue.length;
  }

  override verify(password: string, stored: string, settings: PasswordHashSettings = DEFAULT_PASSWORD_HASH_SETTINGS): Promise<boolean> {
    const bytes = Buffer.from(password, 'utf8');
    const form = isHashable(bytes) ? findPasswordForm(stored) : null;
    const sha512 = form === 'sha512' ? findSha512CryptForm(stored) : null;
    if (form === null || (form === 'sha512' && sha512 === null)) return this.verifyDummy(password, settings);
    return this.queue.run(async () => {
      if (sha512) return areEqual(await threads.run('sha512Crypt', bytes, sha512.salt, sha512.rounds), sha512.digest);
      return form === 'argon2i' || form === 'argon2id'
        ? verifyArgon(stored, bytes)
        : threads.run('bcryptVerify', bcryptBytes(bytes), asBcryptStored(stored));
    });
  }

  override async hash(password: string, settings: PasswordHashSettings): Promise<string> {
    const bytes = Buffer.from(password, 'utf8');
    if (!isHashable(bytes)) throw new UnhashablePasswordError('a password with a NUL byte or of more than 4096 bytes is not hashed');
    return this.queue.run(() => this.compute(bytes, settings));
  }

  override needsRehash(stored: string, settings: PasswordHashSettings): boolean {
    return needsRehash(stored, settings);
  }

  override async verifyDummy(password: string, settings: PasswordHashSettings): Promise<false> {
    const given = Buffer.from(password, 'utf8');
    const bytes = isHashable(given) ? given : Buffer.from(DUMMY_PASSWORD, 'utf8');
    await this.queue.run(() => this.compute(bytes, settings));
    return false;
  }

  private async compute(bytes: Buffer, settings: PasswordHashSettings): Promise<string> {
    switch (settings.algorithm) {
      case 'bcrypt': {
        const salt = this.random.bytes(SALT_BYTES);
        return threads.run('bcryptHash', bcryptBytes(bytes), { salt, cost: settings.bcryptCost, version: '2y' }); // the EHR refuses $2b$
      }
      case 'sha512': {
        const salt = randomText(this.random, LETTERS_AND_DIGITS, SALT_BYTES);
        return `$6$rounds=${settings.sha512Rounds}$${salt}$${await threads.run('sha512Crypt', bytes, salt, settings.sha512Rounds)}`;
      }
      default:
        return threads.run('argonHash', bytes, {
          algorithm: settings.algorithm === 'argon2i' ? ARGON2I : ARGON2ID,
          memoryCost: settings.argonMemory,
          timeCost: settings.argonTime,
          parallelism: settings.argonThreads,
          salt: this.random.bytes(SALT_BYTES),
        });
    }
  }
}

function isHashable(password: Buffer): boolean {
  return password.length <= LONGEST_BYTES && !password.includes(0);
}

/** Bcrypt looks at 72 bytes, wherever that cuts a character. */
function bcryptBytes(password: Buffer): Buffer {
  return password.subarray(0, BCRYPT_BYTES);
}

/** `$2y$` is PHP's name for what everyone else calls `$2b$`. */
function asBcryptStored(stored: string): string {
  return stored.replace(/^\$2y\$/, '$2b$');
}

async function verifyArgon(stored: string, password: Buffer): Promise<boolean> {
  try {
    return await threads.run('argonVerify', stored, password);
  } catch {
    return false; // the text begins like Argon2 and is damaged further on
  }
}

function areEqual(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}
