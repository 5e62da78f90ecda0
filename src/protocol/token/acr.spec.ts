import { ACR_VALUES, acrOf } from './acr.js';

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
  ])('%j is %s', (amr, acr) => {
    expect(acrOf(amr)).toBe(acr);
  });

  it('offers what a person can reach', () => {
    expect(ACR_VALUES).toEqual([acrOf(['pwd']), acrOf(['pwd', 'otp', 'mfa'])]);
  });
});
