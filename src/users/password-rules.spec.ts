import { Globals } from '../platform/ehr/global-settings.js';
import { findPasswordObjections, readPasswordRules } from './password-rules.js';

const USUAL = readPasswordRules(new Globals({}));

describe('readPasswordRules', () => {
  it('takes the EHR’s defaults where it has no row', () => {
    expect(USUAL).toEqual({ minimum: 9, maximum: 72, needsKinds: true, remembered: 5 });
  });

  it('takes what the rows say, and no more passwords than the EHR keeps', () => {
    const values = { gbl_minimum_password_length: '0', gbl_maximum_password_length: '0', secure_password: '0', password_history: '12' };
    expect(readPasswordRules(new Globals(values))).toEqual({ minimum: 0, maximum: 0, needsKinds: false, remembered: 5 });
  });
});

describe('findPasswordObjections', () => {
  it.each<[string, string[]]>([
    ['Clinic#Demo2', []],
    ['Cl#Demo2é', []],
    ['Clini#D2', ['too-short']],
    ['clinic#demo2', ['too-simple']],
    ['CLINIC#DEMO2', ['too-simple']],
    ['Clinic#Demos', ['too-simple']],
    ['ClinicDemo22', ['too-simple']],
    ['', ['too-short', 'too-simple']],
    [`Aa1#${'x'.repeat(68)}`, []],
    [`Aa1#${'x'.repeat(69)}`, ['too-long']],
    [`Aa1#${'é'.repeat(35)}`, ['too-long']], // bytes count
    ['Clinic#\0Demo2', ['unusable']],
  ])('%j: %j', (password, expected) => {
    expect(findPasswordObjections(password, USUAL)).toEqual(expected);
  });

  it('takes anything but nothing, and nothing endless, where the site has no rules', () => {
    const none = { minimum: 0, maximum: 0, needsKinds: false, remembered: 0 };
    expect(findPasswordObjections('x', none)).toEqual([]);
    expect(findPasswordObjections('', none)).toEqual(['too-short']);
    expect(findPasswordObjections('x'.repeat(4097), none)).toEqual(['too-long']);
  });
});
