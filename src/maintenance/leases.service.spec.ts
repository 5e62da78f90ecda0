import { FixedClock } from '../../test/support/fixed-clock.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Lease } from './lease.entity.js';
import { LeasesService } from './leases.service.js';

describe('LeasesService', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  const replica = (seed: string): LeasesService => new LeasesService(database.source.getRepository(Lease), clock, new SeededRandom(seed));

  beforeEach(async () => {
    database = await openTestDatabase([Lease]);
    clock = FixedClock.at('2026-01-01T00:00:00Z');
  });
  afterEach(() => database.close());

  it('gives a lease to one replica, which may prolong it', async () => {
    const [one, other] = [replica('one'), replica('other')];
    expect(await one.acquire('work', 60)).toBe(true);
    expect(await other.acquire('work', 60)).toBe(false);
    clock.advance(50);
    expect(await one.acquire('work', 60)).toBe(true);
    clock.advance(50);
    expect(await other.acquire('work', 60)).toBe(false);
    expect(await other.acquire('other work', 60)).toBe(true);
  });

  it('passes on a lease that has run out, and one that was given back', async () => {
    const [one, other] = [replica('one'), replica('other')];
    await one.acquire('work', 60);
    clock.advance(60);
    expect(await other.acquire('work', 60)).toBe(true);
    expect(await one.acquire('work', 60)).toBe(false);
    await one.release('work'); // not its own any more
    expect(await one.acquire('work', 60)).toBe(false);
    await other.release('work');
    expect(await one.acquire('work', 60)).toBe(true);
  });

  it('lets exactly one of many win the first time', async () => {
    const won = await Promise.all(Array.from({ length: 20 }, (_, index) => replica(String(index)).acquire('work', 60)));
    expect(won.filter(Boolean)).toHaveLength(1);
  });
});
