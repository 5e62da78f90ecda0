/** What one process has counted of one key in one window, for the other replicas. */
export interface OwnCount {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly windowStart: number;
  readonly hits: number;
}

/** Requests of one key. Moments are epoch milliseconds. */
interface Count {
  /** Of the window. */
  start: number;
  /** Of this process, in the window. */
  own: number;
  /** Of all other replicas, as far as known. */
  others: number;
  /** Of `own`, what the others have been told. */
  told: number;
  /** The same three of the window before. */
  ownBefore: number;
  othersBefore: number;
  toldBefore: number;
}

/** Counts below this part of the limit stay in the process: sharing them would cost more than they could let through. */
const WORTH_TELLING = 100;

/**
 * Counts requests by key in a sliding window: those of the present window, and of the one before as much as the window still overlaps.
 * What is refused is not counted, so whoever keeps on asking gets in when room is there. Memory is bounded: when there are too many keys,
 * those that have been quiet longest are forgotten.
 */
export class WindowCounts {
  private readonly counts = new Map<string, Count>();
  private readonly untold = new Set<string>();

  /**
   * @param limit requests within a window, at least 1
   * @param window milliseconds
   * @param mostKeys how many keys are remembered
   */
  constructor(
    readonly limit: number,
    readonly window: number,
    private readonly mostKeys: number,
  ) {}

  /**
   * Counts a request, if there is room for it.
   * @param now epoch milliseconds
   * @returns how many more there is room for; -1 when there was none for this one, and it was not counted
   */
  take(key: string, now: number): number {
    const count = this.countOf(key, now);
    const left = Math.floor(this.limit - used(count, now, this.window)) - 1;
    if (left < 0) return -1;
    count.own += 1;
    if (count.own * WORTH_TELLING >= this.limit) this.untold.add(key);
    return left;
  }

  /** @returns milliseconds until there is room for another request of the key; 0 when there is */
  waitFor(key: string, now: number): number {
    const { window } = this;
    const count = this.countOf(key, now);
    const [current, before] = [count.own + count.others, count.ownBefore + count.othersBefore];
    const room = this.limit - 1;
    if (current > room) return count.start + window * (2 - room / current) - now; // it has to become the window before, and to fade
    return before === 0 ? 0 : Math.max(0, count.start + window * (1 - (room - current) / before) - now);
  }

  /** Whether another replica ought to hear of something. */
  get hasUntold(): boolean {
    return this.untold.size > 0;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.counts.size;
  }

  /** What the others have not been told, as totals of this process: telling one twice changes nothing. @param most how many keys */
  takeUntold(most: number): OwnCount[] {
    const told: OwnCount[] = [];
    let keys = 0;
    for (const key of this.untold) {
      if ((keys += 1) > most) break;
      this.untold.delete(key);
      const count = this.counts.get(key);
      if (count === undefined) continue;
      if (count.ownBefore > count.toldBefore) told.push({ key, windowStart: count.start - this.window, hits: count.ownBefore });
      told.push({ key, windowStart: count.start, hits: count.own });
      [count.told, count.toldBefore] = [count.own, count.ownBefore];
    }
    return told;
  }

  /** Takes back that something was told. */
  keepUntold(counts: readonly OwnCount[]): void {
    for (const { key } of counts) this.forgetTold(key);
  }

  /** Has everything that still counts told again: it goes to a place that has not heard of it. */
  tellAll(now: number): void {
    const oldest = now - 2 * this.window;
    for (const [key, { start, own, ownBefore }] of this.counts) {
      if (start > oldest && Math.max(own, ownBefore) * WORTH_TELLING >= this.limit) this.forgetTold(key);
    }
  }

  /** What the others have counted; what is known already never becomes less. */
  learn(key: string, windowStart: number, hits: number): void {
    const count = this.counts.get(key);
    if (count?.start === windowStart) count.others = Math.max(count.others, hits);
    else if (count?.start === windowStart + this.window) count.othersBefore = Math.max(count.othersBefore, hits);
  }

  private forgetTold(key: string): void {
    const count = this.counts.get(key);
    if (count === undefined) return;
    [count.told, count.toldBefore] = [0, 0];
    this.untold.add(key);
  }

  private countOf(key: string, now: number): Count {
    const start = now - (now % this.window);
    const known = this.counts.get(key);
    if (known !== undefined && start <= known.start) return known; // a clock that is set back opens nothing
    if (known === undefined) this.makeRoom();
    else this.counts.delete(key); // and to the end: the first keys are the quietest
    const count = known?.start === start - this.window ? next(known, start) : fresh(start);
    this.counts.set(key, count);
    return count;
  }

  private makeRoom(): void {
    if (this.counts.size < this.mostKeys) return;
    const [quietest] = this.counts.keys();
    if (quietest !== undefined) this.counts.delete(quietest);
  }
}

function fresh(start: number): Count {
  return { start, own: 0, others: 0, told: 0, ownBefore: 0, othersBefore: 0, toldBefore: 0 };
}

function next({ own, others, told }: Count, start: number): Count {
  return { start, own: 0, others: 0, told: 0, ownBefore: own, othersBefore: others, toldBefore: told };
}

function used(count: Count, now: number, window: number): number {
  const before = count.ownBefore + count.othersBefore;
  const overlap = Math.min(1, 1 - (now - count.start) / window);
  return count.own + count.others + (before === 0 ? 0 : before * overlap);
}
