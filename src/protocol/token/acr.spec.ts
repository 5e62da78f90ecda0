import { ACR_VALUES, acrOf, joinedAmr, leastAcr, reachesAcr } from './acr.js';

describe('acrOf', () => {
  it.each([
    [['pwd'], '1'],
    [['otp'], '1'],
    [['pwd', 'pwd'], '1'],
    [['pwd', 'otp', 'mfa'], '2'],
    [['mfa', 'otp', 'pwd'], '2'],
    [['pwd', 'otp'], '2'],
    [['mfa'], '2'],
    [[], '0'],
    [['pwd', 'user'], '1'],
    [['hwk', 'user', 'pop'], '1'],
    [['pwd', 'hwk', 'user'], '2'],
    [['swk', 'user', 'mfa'], '2'],
    [['user'], '0'],
  ])('%j is %s', (amr, acr) => {
    expect(acrOf(amr)).toBe(acr);
  });

  it('offers what a person can reach', () => {
    expect(ACR_VALUES).toEqual([acrOf(['pwd']), acrOf(['pwd', 'otp', 'mfa'])]);
  });
});

describe('leastAcr', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['9 urn:example:gold', null],
    ['2', '2'],
    ['1', '1'],
    ['2 1', '1'],
    ['urn:example:gold 2', '2'],
    ['22', null],
  ])('%j asks for %s', (values, least) => {
    expect(leastAcr(values)).toBe(least);
  });
});

describe('reachesAcr', () => {
  it.each<[string[], '1' | '2' | null, boolean]>([
    [['pwd'], null, true],
    [['pwd'], '1', true],
    [['pwd'], '2', false],
    [[], '1', false],
    [['pwd', 'otp', 'mfa'], '2', true],
    [['swk', 'user', 'mfa'], '2', true],
  ])('%j and %s: %s', (amr, least, reached) => {
    expect(reachesAcr(amr, least)).toBe(reached);
  });
});

describe('joinedAmr', () => {
  it.each([
    [['pwd'], ['otp'], ['pwd', 'otp', 'mfa']],
    [['pwd'], ['hwk', 'user'], ['pwd', 'hwk', 'user', 'mfa']],
    [['pwd', 'otp', 'mfa'], ['otp'], ['pwd', 'otp', 'mfa']],
    [['pwd'], [], ['pwd']],
    [[], ['swk', 'user', 'mfa'], ['swk', 'user', 'mfa']],
  ])('%j and %j', (amr, shown, joined) => {
    expect(joinedAmr(amr, shown)).toEqual(joined);
  });
});
