import { FixedClock } from '../../test/support/fixed-clock.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import type { InteractionsService } from '../authorization/interactions.service.js';
import type { UsedAssertions } from '../clients/used-assertions.js';
import type { Launches } from '../launch/launches.service.js';
import type { MfaService } from '../mfa/mfa.service.js';
import type { SessionsService } from '../sessions/sessions.service.js';
import type { SignInHistory } from '../sessions/sign-in-history.service.js';
import type { AuthorizationCodesService } from '../tokens/authorization-codes.service.js';
import type { TokenRecords } from '../tokens/token-records.service.js';
import type { TableCounts } from '../platform/throttle/table-counts.js';
import { CleanupService } from './cleanup.service.js';
import { Lease } from './lease.entity.js';
import { LeasesService } from './leases.service.js';

describe('CleanupService', () => {
  let database: TestDatabase;
  const clock = FixedClock.at('2026-01-01T00:00:00Z');

  beforeEach(async () => {
    database = await openTestDatabase([Lease]);
  });
  afterEach(() => database.close());

  const leasesOf = (seed: string): LeasesService => new LeasesService(database.source.getRepository(Lease), clock, new SeededRandom(seed));

  /** Owners that note when they were asked, and remove so many rows each. */
  function cleanupWith(
    counts: readonly [number, number, number, number, number, number, number, number, number],
    seed = 'one',
    asked: string[] = [],
  ): CleanupService {
    const owner = (count: number) => ({
      deleteExpired: async (now: Date): Promise<number> => {
        asked.push(now.toISOString());
        if (count < 0) throw new Error('no database');
        return count;
      },
    });
    const [codes, tokens, sessions, interactions, signIns, secondFactors, assertions, launches, requestCounts] = counts.map(
      owner,
    ) as unknown as [
      AuthorizationCodesService,
      TokenRecords,
      SessionsService,
      InteractionsService,
      SignInHistory,
      MfaService,
      UsedAssertions,
      Launches,
      TableCounts,
    ];
    return new CleanupService(
      codes,
      tokens,
      sessions,
      interactions,
      signIns,
      secondFactors,
      assertions,
      launches,
      requestCounts,
      leasesOf(seed),
      clock,
      database.config,
    );
  }

  it('asks every owner and says how much was removed', async () => {
    const asked: string[] = [];
    const counts = await cleanupWith([1, 2, 3, 4, 5, 6, 7, 8, 9], 'one', asked).run();
    expect(counts).toEqual({
      authorizationCodes: 1,
      tokens: 2,
      sessions: 3,
      interactions: 4,
      signIns: 5,
      secondFactors: 6,
      clientAssertions: 7,
      launches: 8,
      requestCounts: 9,
    });
    expect(asked).toEqual(Array.from({ length: 9 }, () => '2026-01-01T00:00:00.000Z'));
  });

  it('leaves it to the replica that is at it, and takes over when that one is done', async () => {
    const other = leasesOf('other');
    await other.acquire('cleanup', 60);
    expect(await cleanupWith([1, 1, 1, 1, 1, 1, 1, 1, 1]).run()).toBeNull();
    await other.release('cleanup');
    expect(await cleanupWith([1, 1, 1, 1, 1, 1, 1, 1, 1]).run()).not.toBeNull();
  });

  it('gives the lease back when an owner fails', async () => {
    await expect(cleanupWith([0, -1, 0, 0, 0, 0, 0, 0, 0]).run()).rejects.toThrow('no database');
    expect(await leasesOf('other').acquire('cleanup', 60)).toBe(true);
  });
});
