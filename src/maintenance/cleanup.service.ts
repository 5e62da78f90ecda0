import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InteractionsService } from '../authorization/interactions.service.js';
import { UsedAssertions } from '../clients/used-assertions.js';
import { Launches } from '../launch/launches.service.js';
import { MfaService } from '../mfa/mfa.service.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { TableCounts } from '../platform/throttle/table-counts.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignInHistory } from '../sessions/sign-in-history.service.js';
import { AuthorizationCodesService } from '../tokens/authorization-codes.service.js';
import { TokenRecords } from '../tokens/token-records.service.js';
import { LeasesService } from './leases.service.js';

const LEASE = 'cleanup';

/** Seconds; far more than one owner takes, and short enough that nobody misses a cleanup after a replica has died in one. */
const LEASE_TIME = 300;

/** How many rows of each kind were removed. */
export interface CleanupCounts {
  readonly authorizationCodes: number;
  readonly tokens: number;
  readonly sessions: number;
  readonly interactions: number;
  readonly signIns: number;
  /** Challenges, unfinished enrolments and remembered browsers. */
  readonly secondFactors: number;
  readonly clientAssertions: number;
  readonly launches: number;
  readonly requestCounts: number;
}

const NOTHING: CleanupCounts = {
  ...{ authorizationCodes: 0, tokens: 0, sessions: 0, interactions: 0, signIns: 0, secondFactors: 0 },
  ...{ clientAssertions: 0, launches: 0, requestCounts: 0 },
};

type Owner = readonly [kind: keyof CleanupCounts, owner: { deleteExpired(now: Date): Promise<number> }];

/** Removes what has expired, from time to time, on one replica at a time. What has expired is each owner's knowledge, and so is how to delete it without locking long. */
@Injectable()
export class CleanupService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Cleanup');
  private readonly owners: readonly Owner[];
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    codes: AuthorizationCodesService,
    tokens: TokenRecords,
    sessions: SessionsService,
    interactions: InteractionsService,
    signIns: SignInHistory,
    secondFactors: MfaService,
    assertions: UsedAssertions,
    launches: Launches,
    requestCounts: TableCounts,
    private readonly leases: LeasesService,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.owners = [
      ['authorizationCodes', codes],
      ['tokens', tokens],
      ['sessions', sessions],
      ['interactions', interactions],
      ['signIns', signIns],
      ['secondFactors', secondFactors],
      ['clientAssertions', assertions],
      ['launches', launches],
      ['requestCounts', requestCounts],
    ];
  }

  /** Begins to clean up regularly. The timer does not keep the process alive. */
  start(): void {
    this.timer ??= setInterval(() => {
      this.running = this.running.then(() => this.runQuietly());
    }, this.config.cleanupInterval * 1000).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.timer !== null) clearInterval(this.timer);
    await this.running; // the database is closed after this
  }

  /**
   * Removes everything that has expired by now.
   * @returns null when another replica is at it
   */
  async run(): Promise<CleanupCounts | null> {
    if (!(await this.leases.acquire(LEASE, LEASE_TIME))) return null;
    const counts: Record<keyof CleanupCounts, number> = { ...NOTHING };
    try {
      for (const [kind, owner] of this.owners) {
        if (this.isStopping || !(await this.leases.acquire(LEASE, LEASE_TIME))) break;
        counts[kind] = await owner.deleteExpired(this.clock.now());
      }
    } finally {
      await this.leases.release(LEASE);
    }
    return counts;
  }

  /** A failed cleanup is tried again at the next turn; it must not end the server. */
  private async runQuietly(): Promise<void> {
    try {
      const counts = await this.run();
      if (counts !== null && Object.values(counts).some((count) => count > 0)) this.logger.log(counts);
    } catch (error) {
      this.logger.error(error);
    }
  }
}
