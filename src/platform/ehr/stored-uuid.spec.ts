import { EHR_VECTORS } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import { createUuid, createUuidAt, findUuidText, isEmptyUuid, isUuidText, uuidBytes } from './stored-uuid.js';

const random = new SystemRandom();

describe("the EHR's own uuids", () => {
  const vectors = EHR_VECTORS.uuid;

  it('are read and written in the order of the text', () => {
    expect(vectors.map((v) => findUuidText(Buffer.from(v.binary_hex, 'hex')))).toEqual(vectors.map((v) => v.string));
    expect(vectors.map((v) => uuidBytes(v.string).toString('hex'))).toEqual(vectors.map((v) => v.binary_hex));
    expect(vectors).toHaveLength(2);
  });

  it('are made anew from the same moment and the same chance', () => {
    for (const { unix_microseconds: moment, binary_hex: hex } of vectors) {
      const same = { bytes: () => Buffer.from(hex.slice(12), 'hex') };
      expect(createUuidAt(moment, same).toString('hex')).toBe(hex);
    }
  });
});

describe('createUuid', () => {
  it('sorts by time and is a valid version 4', () => {
    const made = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z', '2027-01-01T00:00:00Z'].map((at) => createUuid(new Date(at), random));
    expect([...made].sort(Buffer.compare)).toEqual(made);
    for (const uuid of made) expect(findUuidText(uuid)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('differs within one moment', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    expect(createUuid(now, random).equals(createUuid(now, random))).toBe(false);
  });
});

describe('empty columns', () => {
  it.each([null, undefined, '', '\0'.repeat(16), Buffer.alloc(0), Buffer.alloc(16), new Uint8Array(16)])('%p holds no uuid', (stored) => {
    expect(isEmptyUuid(stored)).toBe(true);
    expect(findUuidText(stored)).toBeNull();
  });

  it('one byte is enough not to be empty', () => {
    expect(isEmptyUuid(Buffer.concat([Buffer.alloc(15), Buffer.from([1])]))).toBe(false);
  });
});

describe('texts', () => {
  it('are read in any case and written small', () => {
    const text = '9F2C1C6E-5B1A-4D0E-8F2A-3C4D5E6F7A8B';
    expect(findUuidText(uuidBytes(text))).toBe(text.toLowerCase());
  });

  it('come from drivers that give bytes as text', () => {
    expect(findUuidText(Buffer.from('9f2c1c6e5b1a4d0e8f2a3c4d5e6f7a8b', 'hex').toString('latin1'))).toBe(
      '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8b',
    );
  });

  it.each(['', 'x', '9f2c1c6e5b1a4d0e8f2a3c4d5e6f7a8b', '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8', '9f2c1c6e-5b1a-4d0e-8f2a-3c4d5e6f7a8b\n'])(
    'are refused when they are no uuid: %p',
    (text) => {
      expect(isUuidText(text)).toBe(false);
      expect(() => uuidBytes(text)).toThrow(RangeError);
    },
  );

  it('a column of another length is refused', () => {
    expect(() => findUuidText(Buffer.from([1, 2, 3]))).toThrow(RangeError);
  });
});
