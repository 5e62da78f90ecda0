/** The forms of a stored password with which somebody may log in. */
export type PasswordForm = 'bcrypt' | 'legacy-bcrypt' | 'argon2i' | 'argon2id' | 'sha512';

/** How the site wants passwords hashed: its `gbl_auth_*` settings, resolved. */
export interface PasswordHashSettings {
  algorithm: 'bcrypt' | 'argon2i' | 'argon2id' | 'sha512';
  /** Power of two, 4 to 31. */
  bcryptCost: number;
  /** KiB. */
  argonMemory: number;
  /** Passes. */
  argonTime: number;
  /** Lanes. */
  argonThreads: number;
  /** 1000 to 999999999. */
  sha512Rounds: number;
}

/** What `DEFAULT` means: the defaults of PHP before 8.4, and the EHR's own for SHA512. */
export const DEFAULT_PASSWORD_HASH_SETTINGS: Readonly<PasswordHashSettings> = {
  algorithm: 'bcrypt',
  bcryptCost: 10,
  argonMemory: 65_536,
  argonTime: 4,
  argonThreads: 1,
  sha512Rounds: 100_000,
};

const ALGORITHMS: Readonly<Record<string, PasswordHashSettings['algorithm']>> = {
  DEFAULT: 'bcrypt',
  BCRYPT: 'bcrypt',
  ARGON2I: 'argon2i',
  ARGON2ID: 'argon2id',
  SHA512HASH: 'sha512',
};

/**
 * Resolves the site's settings.
 * @param globals rows of `globals` by name; `DEFAULT`, a missing row and a number that no library takes all mean the default
 * @param phpBcryptCost the default cost of the PHP that runs the EHR: 10, or 12 from PHP 8.4; if the two servers differ they rewrite each other's hashes
 */
export function readPasswordHashSettings(
  globals: Readonly<Record<string, string | undefined>>,
  phpBcryptCost: number = DEFAULT_PASSWORD_HASH_SETTINGS.bcryptCost,
): PasswordHashSettings {
  const defaults = DEFAULT_PASSWORD_HASH_SETTINGS;
  const number = (name: string, lowest: number, highest: number, otherwise: number): number => {
    const text = globals[name] ?? '';
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    return value >= lowest && value <= highest ? value : otherwise;
  };
  const argonThreads = number('gbl_auth_argon_hash_thread_cost', 1, 255, defaults.argonThreads);
  return {
    algorithm: ALGORITHMS[globals['gbl_auth_hash_algo'] ?? ''] ?? defaults.algorithm,
    bcryptCost: number('gbl_auth_bcrypt_hash_cost', 4, 31, phpBcryptCost),
    argonMemory: number('gbl_auth_argon_hash_memory_cost', 8 * argonThreads, 4_194_304, defaults.argonMemory),
    argonTime: number('gbl_auth_argon_hash_time_cost', 1, 10_000, defaults.argonTime),
    argonThreads,
    sha512Rounds: number('gbl_auth_sha512_rounds', 1000, 999_999_999, defaults.sha512Rounds),
  };
}

/**
 * Tells in which form a password is stored, by its beginning as the EHR does. A form is a claim: verification may still fail.
 * @returns null for forms with which nobody may log in, `$2b$` and `$6$` without `rounds=` among them
 */
export function findPasswordForm(stored: string): PasswordForm | null {
  if (stored.startsWith('$2y$') && stored.length === 60) return 'bcrypt';
  if (stored.startsWith('$2a$05$')) return 'legacy-bcrypt';
  if (stored.startsWith('$argon2i$')) return 'argon2i';
  if (stored.startsWith('$argon2id$')) return 'argon2id';
  return stored.startsWith('$6$rounds=') ? 'sha512' : null;
}

/**
 * Whether a stored password differs from the settings in algorithm or cost and is to be replaced after its next successful verification.
 * @param stored in a form that may log in
 */
export function needsRehash(stored: string, settings: PasswordHashSettings): boolean {
  const form = findPasswordForm(stored);
  if (form !== settings.algorithm) return true; // also every $2a$05$
  switch (form) {
    case 'bcrypt':
      return stored.slice(4, 7) !== `${String(settings.bcryptCost).padStart(2, '0')}$`;
    case 'sha512':
      return /^\$6\$rounds=(\d+)\$/.exec(stored)?.[1] !== String(settings.sha512Rounds);
    default: {
      const wanted = `m=${settings.argonMemory},t=${settings.argonTime},p=${settings.argonThreads}`;
      return stored.split('$')[3] !== wanted;
    }
  }
}
