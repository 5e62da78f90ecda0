import { OAuthError } from '../errors/oauth-error.js';
import { badMetadata, findText, findTextList, fitsTextColumn, isObject } from './metadata-value.js';

const complaint = (check: () => unknown): string => {
  try {
    check();
  } catch (error) {
    if (error instanceof OAuthError) return error.message;
    throw error;
  }
  throw new Error('accepted');
};

describe('badMetadata', () => {
  it('is invalid_client_metadata unless another code is named', () => {
    expect(badMetadata('x')).toMatchObject({ code: 'invalid_client_metadata', status: 400, description: 'x' });
    expect(badMetadata('x', 'invalid_redirect_uri').code).toBe('invalid_redirect_uri');
  });
});

describe('findText', () => {
  it.each([undefined, null, '', '   '])('takes %j as absent', (value) => {
    expect(findText(value, 'member', 5)).toBeNull();
  });

  it.each(['abc', 'añö', '日本語', '👩‍⚕️', 'אבג', ' x '])('keeps %j as sent', (value) => {
    expect(findText(value, 'member', 10)).toBe(value);
  });

  it('counts characters, not halves of them', () => {
    expect(findText('😀'.repeat(5), 'member', 5)).toBe('😀'.repeat(5));
    expect(complaint(() => findText('😀'.repeat(6), 'member', 5))).toBe('invalid_client_metadata: member is longer than 5 characters');
    expect(complaint(() => findText('abcdef', 'member', 5))).toBe('invalid_client_metadata: member is longer than 5 characters');
    expect(complaint(() => findText('a'.repeat(1_000_000), 'member', 5))).toContain('longer than 5');
  });

  it.each([
    ['NUL', 'a\0b'],
    ['a line end', 'a\nb'],
    ['DEL', 'a\x7f'],
    ['a C1 control', 'a\u0085'],
    ['half a character', 'a\ud83d'],
    ['a line separator', 'a\u2028'],
    ['a mark that reverses the writing', 'exe\u202egpj'],
    ['an isolating mark', 'a\u2066b'],
  ])('refuses %s', (_what, value) => {
    expect(complaint(() => findText(value, 'member', 100))).toBe('invalid_client_metadata: member holds a character that is not allowed');
  });

  it.each([0, 1, true, false, {}, [], ['a']])('refuses %j', (value) => {
    expect(complaint(() => findText(value, 'member', 5))).toBe('invalid_client_metadata: member must be a text');
  });
});

describe('findTextList', () => {
  const bounds = { longest: 40_000, most: 3 };

  it('keeps each entry once, in order', () => {
    expect(findTextList(['b', 'a', 'b'], 'member', bounds)).toEqual(['b', 'a']);
    expect(findTextList([], 'member', bounds)).toEqual([]);
  });

  it.each([undefined, null])('takes %j as absent', (value) => {
    expect(findTextList(value, 'member', bounds)).toBeNull();
  });

  it.each([
    ['a text', 'a', 'member must be a list'],
    ['an object', { length: 1, 0: 'a' }, 'member must be a list'],
    ['too many entries', ['a', 'b', 'c', 'd'], 'member has more than 3 entries'],
    ['an entry that is no text', ['a', 1], 'member[1] must be a text'],
    ['an empty entry', ['a', ''], 'member[1] must not be empty'],
    ['an entry that is null', [null], 'member[0] must not be empty'],
    ['the character that joins lists', ['a|b'], 'member[0] must not hold the character |'],
    ['more than the column holds', ['a'.repeat(40_000), 'b'.repeat(40_000)], 'member is too long'],
    ['more bytes than the column holds', ['ü'.repeat(40_000)], 'member is too long'],
  ])('refuses %s', (_what, value, description) => {
    expect(complaint(() => findTextList(value, 'member', bounds))).toBe(`invalid_client_metadata: ${description}`);
  });

  it('refuses under the code it was given', () => {
    expect(complaint(() => findTextList('x', 'member', bounds, 'invalid_redirect_uri'))).toBe(
      'invalid_redirect_uri: member must be a list',
    );
    expect(complaint(() => findTextList([1], 'member', bounds, 'invalid_redirect_uri'))).toContain('invalid_redirect_uri');
  });
});

describe('fitsTextColumn', () => {
  it.each([
    ['a'.repeat(65_535), true],
    ['a'.repeat(65_536), false],
    ['ü'.repeat(32_767), true],
    ['ü'.repeat(32_768), false],
  ])('counts bytes', (text, fits) => {
    expect(fitsTextColumn(text)).toBe(fits);
  });
});

describe('isObject', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [null, false],
    [undefined, false],
    [[], false],
    ['a', false],
    [1, false],
  ])('%j: %s', (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });
});
