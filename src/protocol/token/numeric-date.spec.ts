import { numericDate } from './numeric-date.js';

describe('numericDate', () => {
  it.each([
    ['1970-01-01T00:00:00.000Z', 0],
    ['2026-01-01T00:00:00.000Z', 1767225600],
    ['2026-01-01T00:00:00.001Z', 1767225600],
    ['2026-01-01T00:00:00.999Z', 1767225600],
    ['2026-01-01T02:00:01.000+02:00', 1767225601],
  ])('%s is second %i', (time, seconds) => {
    expect(numericDate(new Date(time))).toBe(seconds);
  });
});
