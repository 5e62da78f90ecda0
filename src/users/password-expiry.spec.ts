import { findLastDayOfGrace, isPasswordExpired } from './password-expiry.js';

describe('isPasswordExpired', () => {
  it.each([
    ['2026-01-01 09:00:00', '2026-07-30 23:59:59', 180, 30, false], // the last day of grace
    ['2026-01-01 09:00:00', '2026-07-31 00:00:00', 180, 30, true],
    ['2026-01-01 23:59:59', '2026-07-31 00:00:00', 180, 30, true], // days count, not hours
    ['2026-01-01 09:00:00', '2026-06-30 12:00:00', 180, 0, false],
    ['2026-01-01 09:00:00', '2026-07-01 12:00:00', 180, 0, true],
    ['2020-01-01 00:00:00', '2026-07-01 12:00:00', 0, 0, false], // switched off
    [null, '2026-07-01 12:00:00', 180, 30, false],
    ['0000-00-00 00:00:00', '2026-07-01 12:00:00', 180, 30, false],
  ])('set %s, now %s, %d days and %d of grace: %s', (changedAt, now, days, grace, expected) => {
    expect(isPasswordExpired(changedAt, now, days, grace)).toBe(expected);
  });
});

describe('findLastDayOfGrace', () => {
  it.each([
    ['2026-01-01 09:00:00', '2026-06-30 23:59:59', 180, 30, null], // there is time yet
    ['2026-01-01 09:00:00', '2026-07-01 00:00:00', 180, 30, '2026-07-30'],
    ['2026-01-01 09:00:00', '2026-07-30 23:59:59', 180, 30, '2026-07-30'],
    ['2026-01-01 09:00:00', '2026-07-31 00:00:00', 180, 30, null], // expired
    ['2026-01-01 09:00:00', '2026-07-01 00:00:00', 180, 0, null],
    ['2020-01-01 00:00:00', '2026-07-01 12:00:00', 0, 30, null],
    [null, '2026-07-01 12:00:00', 180, 30, null],
  ])('set %s, now %s, %d days and %d of grace: %s', (changedAt, now, days, grace, expected) => {
    expect(findLastDayOfGrace(changedAt, now, days, grace)).toBe(expected);
  });
});
