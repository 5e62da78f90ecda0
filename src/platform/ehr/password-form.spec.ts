import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import { DEFAULT_PASSWORD_HASH_SETTINGS, findPasswordForm, needsRehash, readPasswordHashSettings } from './password-form.js';

const { verify, needs_rehash: rehash, php_defaults: php } = EHR_VECTORS.password_hashes;
const hashOf = new Map(verify.map(({ label, hash }) => [label, hash]));

describe('findPasswordForm', () => {
  it('lets in exactly the forms that the EHR lets in', () => {
    expect(verify.map(({ label, hash }) => [label, findPasswordForm(hash) !== null])).toEqual(
      verify.map(({ label, hash_valid: valid }) => [label, valid]),
    );
    expect(verify).toHaveLength(19);
  });

  it.each([
    ['$2y$10$short', null],
    ['$2x$10$2xobgMjJHVfOjqSMWgPUGezwwK4e84BKuSImIAs7nTDT8zrm6Re4q', null],
    ['$2a$05$anything', 'legacy-bcrypt'],
    ['$argon2d$v=19$m=1024,t=2,p=1$AAAA$AAAA', null],
    ['$5$rounds=5000$salt$x', null],
    ['NoLongerUsed', null],
  ])('takes %s for %p', (stored, form) => {
    expect(findPasswordForm(stored)).toBe(form);
  });
});

describe('needsRehash', () => {
  it('agrees with the EHR on every stored form under every setting', () => {
    const answers = rehash.map(({ globals, hash_label: label }) => {
      const stored = hashOf.get(label);
      if (stored === undefined) throw new Error(`no hash is called ${label}`);
      return needsRehash(stored, readPasswordHashSettings(globals));
    });
    expect(answers).toEqual(rehash.map((vector) => vector.needs_rehash));
    expect(rehash).toHaveLength(70);
    expect(new Set(rehash.map((vector) => vector.needs_rehash)).size).toBe(2);
  });

  it('looks at each cost of Argon2', () => {
    const stored = hashOf.get('argon2id m=1024 t=2 p=1') ?? '';
    const fitting = { ...DEFAULT_PASSWORD_HASH_SETTINGS, algorithm: 'argon2id', argonMemory: 1024, argonTime: 2, argonThreads: 1 } as const;
    expect(needsRehash(stored, fitting)).toBe(false);
    for (const change of [{ argonMemory: 2048 }, { argonTime: 3 }, { argonThreads: 2 }, { algorithm: 'argon2i' as const }]) {
      expect(needsRehash(stored, { ...fitting, ...change })).toBe(true);
    }
  });
});

describe('readPasswordHashSettings', () => {
  it('has the defaults of PHP', () => {
    expect(readPasswordHashSettings({})).toEqual({
      algorithm: 'bcrypt',
      bcryptCost: php.bcrypt_cost,
      argonMemory: php.argon2_memory_kib,
      argonTime: php.argon2_time,
      argonThreads: php.argon2_threads,
      sha512Rounds: 100_000,
    });
    expect(readPasswordHashSettings({ gbl_auth_hash_algo: 'DEFAULT', gbl_auth_bcrypt_hash_cost: 'DEFAULT' })).toEqual(
      DEFAULT_PASSWORD_HASH_SETTINGS,
    );
  });

  it('takes the default cost of a newer PHP, which an own setting overrides', () => {
    expect(readPasswordHashSettings({}, 12).bcryptCost).toBe(12);
    expect(readPasswordHashSettings({ gbl_auth_bcrypt_hash_cost: '11' }, 12).bcryptCost).toBe(11);
  });

  it.each(['3', '32', '-5', '1e1', ' 12', '99999999999'])('does not take %p for a bcrypt cost', (cost) => {
    expect(readPasswordHashSettings({ gbl_auth_bcrypt_hash_cost: cost }).bcryptCost).toBe(10);
  });

  it('keeps to bcrypt for an algorithm it does not know', () => {
    expect(readPasswordHashSettings({ gbl_auth_hash_algo: 'SCRYPT' }).algorithm).toBe('bcrypt');
  });

  it('wants 8 KiB of Argon2 memory for each lane', () => {
    const settings = { gbl_auth_argon_hash_memory_cost: '16', gbl_auth_argon_hash_thread_cost: '4' };
    expect(readPasswordHashSettings(settings)).toMatchObject({ argonMemory: 65_536, argonThreads: 4 });
  });
});
