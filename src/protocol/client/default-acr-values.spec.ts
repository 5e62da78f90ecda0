import { checkDefaultAcrValues } from './default-acr-values.js';

describe('checkDefaultAcrValues', () => {
  it.each<[unknown, string[]]>([
    [undefined, []],
    [null, []],
    [[], []],
    [['2'], ['2']],
    [
      ['urn:example:gold', '2', '1', '2'],
      ['urn:example:gold', '2', '1'],
    ],
  ])('%j', (sent, expected) => {
    expect(checkDefaultAcrValues(sent)).toEqual(expected);
  });

  it.each<[unknown, RegExp]>([
    ['2', /^default_acr_values must be a list$/],
    [[2], /^default_acr_values\[0\] must be a text$/],
    [['1', ''], /^default_acr_values\[1\] must not be empty$/],
    [['1', '1 2'], /^default_acr_values\[1\] must not hold blanks$/],
    [['1\u00a02'], /must not hold blanks$/],
    [['a|b'], /must not hold the character \|$/],
    [['x'.repeat(201)], /is longer than 200 characters$/],
    [Array.from({ length: 21 }, (_, n) => `${n}`), /has more than 20 entries$/],
    [{ 0: '2' }, /must be a list$/],
  ])('refuses %j', (sent, description) => {
    expect(() => checkDefaultAcrValues(sent)).toThrow(
      expect.objectContaining({ code: 'invalid_client_metadata', description: expect.stringMatching(description) as string }),
    );
  });
});
