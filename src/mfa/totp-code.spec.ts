import { TOTP } from 'otpauth';
import { clockErrorOf, findDigits, findSecret, matchCode, otpauthLink } from './totp-code.js';

const BASE32 = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const now = new Date('2026-03-01T12:00:10Z');

describe('One-time codes', () => {
  const secret = findSecret(BASE32);
  if (secret === null) throw new Error('the secret of the test is none');
  const codeAt = (seconds: number): string => TOTP.generate({ secret, timestamp: now.getTime() + seconds * 1000 });
  const step = Math.floor(now.getTime() / 30_000);

  it.each([
    [0, { step, drift: 0 }],
    [30, { step: step + 1, drift: 1 }],
    [-30, { step: step - 1, drift: -1 }],
    [60, null],
    [-60, null],
  ])('%d s away', (seconds, matched) => {
    expect(matchCode(secret, codeAt(seconds), now)).toEqual(matched);
  });

  it.each([
    [-120, -120],
    [600, 600],
    [660, null],
  ])('of a clock that is %d s off', (seconds, error) => {
    expect(clockErrorOf(secret, codeAt(seconds), now)).toBe(error);
  });

  it.each([
    ['123456', '123456'],
    [' 123 456\t', '123456'],
    ['12345', null],
    ['1234567', null],
    ['١٢٣٤٥٦', null],
    ['', null],
    ['1'.repeat(10_000), null],
  ])('%j', (typed, digits) => {
    expect(findDigits(typed)).toBe(digits);
  });

  it.each(['', 'JBSWY3DP', '!!'.repeat(20), '0189'.repeat(10)])('a secret is not %j', (text) => {
    expect(findSecret(text)).toBeNull();
  });

  it('are set up by a link that names clinic and person', () => {
    expect(otpauthLink(secret, 'Great Clinic: North', 'ann & bob')).toBe(
      `otpauth://totp/Great%20Clinic%3A%20North:ann%20%26%20bob?issuer=Great%20Clinic%3A%20North&secret=${BASE32}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});
