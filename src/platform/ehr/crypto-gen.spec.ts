import { EHR_VECTORS, vectorKeyRing } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import {
  findBlobVersion,
  KEY_LABELS,
  keyLabels,
  openBlob,
  openWithPassPhrase,
  SEAL_VERSIONS,
  sealBlob,
  sealWithPassPhrase,
} from './crypto-gen.js';
import { EhrCryptoError, type EhrCryptoErrorCode } from './ehr-crypto.error.js';

const random = new SystemRandom();
const ring = vectorKeyRing(random);

function codeOf(open: () => unknown): EhrCryptoErrorCode | 'opened' {
  try {
    open();
    return 'opened';
  } catch (error) {
    if (error instanceof EhrCryptoError) return error.code;
    throw error;
  }
}

describe('openBlob', () => {
  it('opens every value the EHR sealed, of all seven versions and both sources', () => {
    const { valid } = EHR_VECTORS.cryptogen;
    const opened = valid.map((vector) => openBlob(vector.ciphertext, ring.lookup(vector.source)).toString('hex'));
    expect(opened).toEqual(valid.map((vector) => vector.plaintext_hex));
    expect(valid).toHaveLength(80);
    expect(new Set(valid.map((vector) => `${vector.version} ${vector.source}`)).size).toBe(11);
  });

  it('refuses what the EHR refuses, each for its own reason', () => {
    const { invalid } = EHR_VECTORS.cryptogen;
    expect(invalid).toHaveLength(11);
    for (const { value, decryptStandard } of invalid) {
      if (decryptStandard === false) expect(codeOf(() => openBlob(value, ring.lookup('drive')))).not.toBe('opened');
      else expect(openBlob(value, ring.lookup('drive')).toString('utf8')).toBe(decryptStandard);
    }
    const reasons = invalid.map(({ why, value }) => [why, codeOf(() => openBlob(value, ring.lookup('drive')))]);
    expect(Object.fromEntries(reasons)).toEqual({
      'hmac byte flipped': 'tampered',
      'iv byte flipped': 'tampered',
      'ciphertext byte flipped': 'tampered',
      'illegal base64 character': 'malformed',
      'version label changed to 006': 'tampered',
      'unknown version 008': 'malformed',
      'version 000': 'malformed',
      'not encrypted (plain text column)': 'malformed',
      empty: 'opened',
      'two characters': 'malformed',
      'digits but not a version': 'malformed',
    });
  });

  it('does not open a value with the keys of the other source', () => {
    const sealed = EHR_VECTORS.cryptogen.valid.find((vector) => vector.version === 7 && vector.source === 'drive')?.ciphertext ?? '';
    expect(codeOf(() => openBlob(sealed, ring.lookup('database')))).toBe('tampered');
  });

  it.each(['001', '002', '004', '007', '007AAAA', `001${Buffer.alloc(16).toString('base64')}`])('refuses a blob cut short: %s', (blob) => {
    expect(codeOf(() => openBlob(blob, ring.lookup('drive')))).toBe('tampered');
  });

  it('decodes base64 leniently for version 1 only', () => {
    const [first, later] = [1, 7].map((version) => EHR_VECTORS.cryptogen.valid.find((v) => v.version === version && v.source === 'drive'));
    const dirty = (blob = ''): string => `${blob.slice(0, 8)}*${blob.slice(8)}`;
    expect(openBlob(dirty(first?.ciphertext), ring.lookup('drive')).toString('hex')).toBe(first?.plaintext_hex);
    expect(codeOf(() => openBlob(dirty(later?.ciphertext), ring.lookup('drive')))).toBe('malformed');
  });

  it('says which key is missing and where, and nothing of the value', () => {
    const { ciphertext } = EHR_VECTORS.cryptogen.valid.find((v) => v.version === 6 && v.source === 'drive') ?? { ciphertext: '' };
    const lacking = vectorKeyRing(random, { files: ['sixb'] });
    expect(() => openBlob(ciphertext, lacking.lookup('drive'))).toThrow(
      expect.objectContaining({ code: 'missing-key', message: 'key sixb of the folder /site/methods is missing' }),
    );
  });
});

describe('sealBlob', () => {
  it.each(SEAL_VERSIONS)('seals in version %d what opens again, empty and binary too', (version) => {
    for (const plaintext of [Buffer.alloc(0), Buffer.from('Zażółć'), Buffer.from([0, 255, 128]), Buffer.alloc(16, 7)]) {
      const blob = sealBlob(plaintext, ring.lookup('drive'), version, random);
      expect(blob).toMatch(new RegExp(`^00${version}[A-Za-z0-9+/]+={0,2}$`));
      expect(openBlob(blob, ring.lookup('drive'))).toEqual(plaintext);
    }
  });

  it('never makes the same blob twice', () => {
    const seal = (): string => sealBlob(Buffer.from('same'), ring.lookup('drive'), 7, random);
    expect(seal()).not.toBe(seal());
  });

  it('lays a blob out as the EHR does: length of a one-block value', () => {
    const bytes = Buffer.from(sealBlob(Buffer.alloc(0), ring.lookup('drive'), 7, random).slice(3), 'base64');
    expect(bytes).toHaveLength(48 + 16 + 16);
  });
});

describe('pass phrases', () => {
  it('opens every value the EHR sealed with one', async () => {
    const vectors = EHR_VECTORS.password_based_crypto;
    const opened = await Promise.all(vectors.map(({ ciphertext, password }) => openWithPassPhrase(ciphertext, password)));
    expect(opened.map(String)).toEqual(vectors.map(({ plaintext }) => plaintext));
    expect(vectors).toHaveLength(28);
    expect(new Set(vectors.map(({ version }) => version)).size).toBe(7);
  });

  it('opens the authenticator secret that the installer sealed with the stored hash', async () => {
    const made = EHR_VECTORS.totp.registrations.filter((registration) => registration.var1_install_time !== undefined);
    expect(made).toHaveLength(1);
    for (const { var1_install_time: sealed = '', users_secure_password: phrase = '', secret_base32: secret } of made) {
      expect((await openWithPassPhrase(sealed, phrase)).toString()).toBe(secret);
    }
  });

  it.each(SEAL_VERSIONS)('seals in version %d what opens again, and with no other pass phrase', async (version) => {
    const blob = await sealWithPassPhrase(Buffer.from('secret'), 'pa$$wörd', version, random);
    expect((await openWithPassPhrase(blob, 'pa$$wörd')).toString()).toBe('secret');
    await expect(openWithPassPhrase(blob, 'pa$$word')).rejects.toMatchObject({ code: 'tampered' });
  });

  it('refuses what is no blob or cut short', async () => {
    await expect(openWithPassPhrase('plain', 'x')).rejects.toMatchObject({ code: 'malformed' });
    await expect(openWithPassPhrase('007AAAA', 'x')).rejects.toMatchObject({ code: 'tampered' });
  });
});

describe('versions and labels', () => {
  it.each([
    ['001', 1],
    ['007abc', 7],
    ['000', null],
    ['008', null],
    ['07', null],
    ['123456', null],
    ['', null],
    [' 007', null],
  ])('takes %p for version %p', (text, version) => {
    expect(findBlobVersion(text)).toBe(version);
  });

  it('knows the labels of every version; 3 shares those of 2', () => {
    expect(keyLabels(1)).toEqual({ encryption: 'one', authentication: null });
    expect(keyLabels(3)).toEqual(keyLabels(2));
    expect([...KEY_LABELS].sort()).toEqual(Object.keys(EHR_VECTORS.keys.drive_files).sort());
  });
});
