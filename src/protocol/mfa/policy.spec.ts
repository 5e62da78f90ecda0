import { enrolmentDue, graceEnd, type MfaPolicy, type MfaRole, type MfaRule, ruleFor } from './policy.js';

const policy = (staff: MfaRule, administrators: MfaRule, patients: MfaRule): MfaPolicy => ({
  staff,
  administrators,
  patients,
  graceDays: 7,
});

describe('ruleFor', () => {
  it.each<[MfaRole, MfaRule, MfaRule, MfaRule, MfaRule]>([
    ['staff', 'optional', 'required', 'off', 'optional'],
    ['patient', 'required', 'required', 'off', 'off'],
    ['administrator', 'optional', 'required', 'off', 'required'],
    ['administrator', 'required', 'optional', 'off', 'required'],
    ['administrator', 'required', 'off', 'off', 'required'],
    ['administrator', 'off', 'optional', 'off', 'optional'],
    ['administrator', 'off', 'off', 'required', 'off'],
  ])('%s, where staff is %s, administrators %s and patients %s: %s', (role, staff, administrators, patients, rule) => {
    expect(ruleFor(role, policy(staff, administrators, patients))).toBe(rule);
  });
});

describe('enrolmentDue', () => {
  const since = new Date('2026-01-01T08:00:00.000Z');
  const after = (milliseconds: number): Date => new Date(since.getTime() + milliseconds);
  const WEEK = 7 * 86_400_000;

  it.each<[string, MfaRule, Date | null, number, Date, string]>([
    ['off', 'off', since, 7, after(WEEK), 'none'],
    ['optional', 'optional', since, 7, after(WEEK), 'none'],
    ['required, first sign-in', 'required', null, 7, since, 'advised'],
    ['required, a millisecond before grace ends', 'required', since, 7, after(WEEK - 1), 'advised'],
    ['required, grace over', 'required', since, 7, after(WEEK), 'demanded'],
    ['required without grace', 'required', null, 0, since, 'demanded'],
  ])('%s', (_what, rule, from, days, now, due) => {
    expect(enrolmentDue(rule, from, days, now)).toBe(due);
  });

  it('ends grace after whole days', () => {
    expect(graceEnd(since, 7)).toEqual(new Date('2026-01-08T08:00:00.000Z'));
  });
});
