import { SystemClock } from './clock.js';

describe('SystemClock', () => {
  it('tells the time of the machine, in a Date of its own each time', () => {
    const clock = new SystemClock();
    const [before, first, second] = [Date.now(), clock.now(), clock.now()];
    expect(first).not.toBe(second);
    expect(first.getTime()).toBeGreaterThanOrEqual(before);
    expect(second.getTime()).toBeLessThanOrEqual(Date.now());
  });
});
