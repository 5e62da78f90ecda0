import { LETTERS_AND_DIGITS, randomText, SystemRandom } from './random.js';

const random = new SystemRandom();

describe('SystemRandom', () => {
  it('gives as many bytes as asked for, different each time', () => {
    expect(random.bytes(0)).toHaveLength(0);
    expect(random.bytes(32)).toHaveLength(32);
    expect(random.bytes(32).equals(random.bytes(32))).toBe(false);
  });

  it('writes them as base64url without padding, or as hex', () => {
    expect(random.token(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(random.hex(40)).toMatch(/^[0-9a-f]{80}$/);
  });
});

describe('randomText', () => {
  it('throws away bytes that would favour some characters', () => {
    const draws = [Buffer.from([255, 0]), Buffer.from([250])];
    const scripted = { bytes: () => draws.shift() ?? Buffer.from([249]) };
    expect(randomText(scripted, 'abcdefghij', 2)).toBe('aj');
    expect(draws).toEqual([]);
  });

  it('draws from the whole alphabet', () => {
    const text = randomText(random, LETTERS_AND_DIGITS, 5000);
    expect(text).toHaveLength(5000);
    expect(new Set(text).size).toBe(62);
  });
});
