import { WindowCounts } from './window-counts.js';

const WINDOW = 60_000;
/** Start of a window, epoch milliseconds. */
const START = 29_000_000 * WINDOW;

describe('WindowCounts', () => {
  const counted = (limit = 10, mostKeys = 100): WindowCounts => new WindowCounts(limit, WINDOW, mostKeys);
  const take = (counts: WindowCounts, times: number, now: number, key = 'a'): number[] =>
    Array.from({ length: times }, () => counts.take(key, now));

  it('lets through as many as the limit says, tells how many are left, and keeps keys apart', () => {
    const counts = counted(3);
    expect(take(counts, 5, START)).toEqual([2, 1, 0, -1, -1]);
    expect(counts.take('b', START)).toBe(2);
  });

  it('counts the window before as far as it still overlaps', () => {
    const counts = counted(10);
    take(counts, 10, START + 59_000);
    expect(counts.take('a', START + WINDOW)).toBe(-1);
    expect(take(counts, 6, START + 1.5 * WINDOW)).toEqual([4, 3, 2, 1, 0, -1]);
    expect(take(counts, 11, START + 4 * WINDOW).at(-1)).toBe(-1);
    expect(take(counts, 1, START + 9 * WINDOW)).toEqual([9]);
  });

  it.each([
    ['in the window in which it was reached', 10, 0, 0],
    ['a limit of one', 1, 0, 30_000],
    ['in the next', 10, 0, WINDOW + 5000],
    ['in a window after a full one', 10, 5, WINDOW + 40_000],
  ])('says how long to wait: %s', (_case, limit, more, at) => {
    const counts = counted(limit);
    take(counts, limit, START);
    const now = START + at;
    take(counts, more, now);
    take(counts, limit, now); // whatever there is room for
    const wait = counts.waitFor('a', now);
    expect(wait).toBeGreaterThan(0);
    expect(counts.take('a', now + wait - 1)).toBe(-1);
    expect(counts.take('a', now + wait + 1)).toBeGreaterThanOrEqual(0);
    expect(counted().waitFor('a', now)).toBe(0);
  });

  it('does not count what it refuses: whoever keeps on asking gets in when there is room', () => {
    const counts = counted(2);
    take(counts, 2, START);
    take(counts, 1000, START + 30_000);
    expect(counts.take('a', START + 2 * WINDOW)).toBe(1);
  });

  it('opens nothing when the clock is set back', () => {
    const counts = counted(2);
    take(counts, 2, START);
    expect(counts.take('a', START - 10 * WINDOW)).toBe(-1);
  });

  it('remembers so many keys and no more, and forgets the quietest', () => {
    const counts = counted(1, 2);
    counts.take('quiet', START);
    counts.take('busy', START);
    counts.take('busy', START + 2 * WINDOW);
    counts.take('quiet', START + 2 * WINDOW);
    counts.take('new', START + 2 * WINDOW);
    expect(counts.size).toBe(2);
    expect(counts.take('quiet', START + 2 * WINDOW)).toBe(-1);
  });

  describe('told to others', () => {
    it('are totals of what is worth it, once', () => {
      const counts = counted(200);
      counts.take('a', START);
      expect(counts.hasUntold).toBe(false);
      take(counts, 2, START);
      expect(counts.takeUntold(10)).toEqual([{ key: 'a', windowStart: START, hits: 3 }]);
      expect(counts.takeUntold(10)).toEqual([]);
      take(counts, 2, START);
      expect(counts.takeUntold(10)).toEqual([{ key: 'a', windowStart: START, hits: 5 }]);
    });

    it('hold the end of the window before, when that was not told', () => {
      const counts = counted();
      take(counts, 2, START);
      counts.takeUntold(10);
      take(counts, 1, START + 59_999);
      take(counts, 1, START + WINDOW);
      expect(counts.takeUntold(10)).toEqual([
        { key: 'a', windowStart: START, hits: 3 },
        { key: 'a', windowStart: START + WINDOW, hits: 1 },
      ]);
      take(counts, 1, START + WINDOW);
      expect(counts.takeUntold(10)).toEqual([{ key: 'a', windowStart: START + WINDOW, hits: 2 }]);
    });

    it('wait for the next time beyond so many, and when they could not be told', () => {
      const counts = counted();
      for (const key of ['a', 'b', 'c']) counts.take(key, START);
      const first = counts.takeUntold(2);
      expect(first.map(({ key }) => key)).toEqual(['a', 'b']);
      counts.keepUntold(first);
      expect(counts.takeUntold(10).map(({ key }) => key)).toEqual(['c', 'a', 'b']);
      expect(counts.hasUntold).toBe(false);
    });

    it('are told once more to a place that does not know them, while they count', () => {
      const counts = counted();
      take(counts, 1, START, 'old');
      take(counts, 2, START + 3 * WINDOW);
      counts.takeUntold(10);
      counts.tellAll(START + 3 * WINDOW);
      expect(counts.takeUntold(10)).toEqual([{ key: 'a', windowStart: START + 3 * WINDOW, hits: 2 }]);
    });
  });

  it('adds what others have counted, in this window and the one before, and never takes from it', () => {
    const counts = counted(10);
    take(counts, 2, START);
    counts.learn('a', START, 7);
    counts.learn('a', START, 3);
    counts.learn('nobody', START, 7);
    counts.learn('a', START - 5 * WINDOW, 99);
    expect(take(counts, 2, START)).toEqual([0, -1]);
    take(counts, 1, START + 2 * WINDOW);
    counts.learn('a', START + WINDOW, 20);
    expect(counts.take('a', START + 2.5 * WINDOW)).toBe(-1);
  });
});
