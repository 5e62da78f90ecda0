import { findBase64Bytes, lenientBase64Bytes } from './php-base64.js';

describe('findBase64Bytes', () => {
  it.each([
    ['', ''],
    ['QQ==', 'A'],
    ['QQ', 'A'],
    ['QUI=', 'AB'],
    ['QUJD', 'ABC'],
    ['QU\r\nJD\n', 'ABC'],
  ])('decodes %p', (text, expected) => {
    expect(findBase64Bytes(text)?.toString('latin1')).toBe(expected);
  });

  it.each(['Q', 'QQ=', 'QQ=Q', 'QUJD=', 'QUJDQ', 'Q-Q_', 'QQ==QQ==', '*QQ=', 'QUI\0', '===='])('refuses %p', (text) => {
    expect(findBase64Bytes(text)).toBeNull();
  });
});

describe('lenientBase64Bytes', () => {
  it('skips what does not belong', () => {
    expect(lenientBase64Bytes('Q*U-J_D=').toString('latin1')).toBe('ABC');
  });
});
