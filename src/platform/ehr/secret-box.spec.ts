import { EHR_VECTORS, vectorKeyRing } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import { isDatabaseEncryptionOn, SecretBox } from './secret-box.js';

const ring = vectorKeyRing(new SystemRandom());
const encrypting = new SecretBox(ring, { databaseEncryption: true });
const plain = new SecretBox(ring, { databaseEncryption: false });

describe('SecretBox.open', () => {
  it('reads or refuses every doubtful column as the EHR does', () => {
    const { invalid } = EHR_VECTORS.cryptogen;
    let refused = 0;
    for (const { value, decryptFromDatabase: answer } of invalid) {
      if (answer.throws) {
        refused += 1;
        expect(() => encrypting.open(value)).toThrow(expect.objectContaining({ name: 'EhrCryptoError' }));
      } else expect(encrypting.open(value)).toBe(answer.returns);
    }
    expect([invalid.length, refused]).toEqual([11, 5]);
  });

  it('reads every text the EHR sealed with keys of the drive', () => {
    const texts = EHR_VECTORS.cryptogen.valid.filter((v) => v.source === 'drive' && v.plaintext !== undefined);
    expect(texts.map((v) => encrypting.open(v.ciphertext))).toEqual(texts.map((v) => v.plaintext));
    expect(texts.length).toBeGreaterThan(40);
  });

  it('reads client secrets of every kind of site', () => {
    const columns = EHR_VECTORS.client_secret_column;
    expect(columns.map(({ column }) => encrypting.open(column))).toEqual(columns.map(({ secret }) => secret));
    expect(columns).toHaveLength(3);
  });

  it('reads authenticator secrets of every kind of site', () => {
    const { registrations } = EHR_VECTORS.totp;
    const read = registrations.flatMap((r) =>
      [r.var1_current, r.var1_v6, r.var1_plain_when_database_encryption_off]
        .filter((column) => column !== undefined)
        .map((column) => [encrypting.open(column), r.secret_base32]),
    );
    for (const [opened, secret] of read) expect(opened).toBe(secret);
    expect([registrations.length, read.length]).toEqual([4, 9]);
  });

  it('reads the rows of the token signer of both versions', () => {
    const { keys_table: seven, keys_table_v6: six, decrypted } = EHR_VECTORS.oauth_keys;
    for (const rows of [seven, six]) {
      const opened = Object.fromEntries(Object.entries(rows).map(([name, value]) => [name, encrypting.open(value)]));
      expect(opened).toEqual(decrypted);
    }
  });

  it('reads NULL and the empty text as empty', () => {
    expect([encrypting.open(null), encrypting.open('')]).toEqual(['', '']);
  });

  it('refuses bytes that are no text', () => {
    const blob = ring.seal('drive', Buffer.from([0xff, 0xfe, 0x00]));
    expect(() => encrypting.open(blob)).toThrow(expect.objectContaining({ code: 'not-text' }));
  });
});

describe('SecretBox.seal', () => {
  it('encrypts while encryption is on', () => {
    const column = encrypting.seal('sécret');
    expect(column).toMatch(/^007/);
    expect(plain.open(column)).toBe('sécret');
  });

  it('stores the text itself while encryption is off', () => {
    expect(plain.seal('sécret')).toBe('sécret');
  });

  it('encrypts a text that would be taken for an encrypted one, whatever the setting', () => {
    const column = plain.seal('007 bond');
    expect(column).not.toContain('bond');
    expect(plain.open(column)).toBe('007 bond');
  });

  it('keeps the empty text empty', () => {
    expect([encrypting.seal(''), plain.seal('')]).toEqual(['', '']);
  });
});

describe('isDatabaseEncryptionOn', () => {
  it.each<[number, string | undefined, boolean]>([
    [7, undefined, true],
    [7, '0', true],
    [8, '1', true],
    [8, '0', false],
    [8, '', false],
    [8, undefined, false],
  ])('for version %d and setting %p is %p', (version, setting, on) => {
    expect(isDatabaseEncryptionOn(version, setting)).toBe(on);
  });
});
