import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Counter } from 'prom-client';
import { LessThanOrEqual, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { deleteWhere } from '../platform/database/delete-in-batches.js';
import { Metrics } from '../platform/metrics/metrics.service.js';
import { boundedCaller, type Caller } from './caller.js';
import { SIGN_IN_OUTCOMES, type SignInOutcome, SignInRecord } from './sign-in-record.entity.js';

const ID_BYTES = 16;
const DAY = 86_400_000;

/** Milliseconds after which a password without its second factor was given up. */
const HALF_WAY_AT_MOST = 3_600_000;

/** What is noted of one attempt. */
export interface SignInAttempt extends Caller {
  /** uuid text; an attempt as nobody that is known is not noted. */
  readonly subject: string;
  readonly outcome: SignInOutcome;
  /** @see RFC 8176 §2 */
  readonly amr: readonly string[];
  /** The app that sent the password itself; null for a browser. */
  readonly clientId: string | null;
}

/** Remembers for each person when and from where somebody signed in, or tried to, with their name. */
@Injectable()
export class SignInHistory {
  private readonly logger = new Logger('SignInHistory');
  private readonly counter: Counter<'result'>;

  constructor(
    @InjectRepository(SignInRecord) private readonly records: Repository<SignInRecord>,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly config: Config,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter({
      name: 'chartkey_sign_ins_total',
      help: 'Attempts to sign in, by how they ended; half-way ones end a second time with their second factor',
      labelNames: ['result'],
    });
    for (const result of SIGN_IN_OUTCOMES) this.counter.inc({ result }, 0); // a series that begins with its first event hides that event from rates
  }

  /** Counts an attempt in the name of nobody that is known: there is no history that it would belong to. */
  countStranger(outcome: SignInOutcome): void {
    this.counter.inc({ result: outcome });
  }

  /** Notes an attempt. One that cannot be noted does not fail the request it is about: the audit log has it as well. */
  async note({ subject, outcome, amr, clientId, ...caller }: SignInAttempt): Promise<void> {
    this.counter.inc({ result: outcome });
    if (this.config.signInHistoryDays === 0) return;
    try {
      await this.records.insert({
        ...boundedCaller(caller),
        ...{ id: this.random.token(ID_BYTES), subject, happenedAt: this.clock.now(), outcome, amr: [...amr], clientId },
      });
    } catch (err) {
      this.logger.error({ err, subject, outcome }, 'an attempt to sign in was not noted in its person’s history');
    }
  }

  /**
   * @param take how many at most
   * @returns the latest first; without the halves of sign-ins that were completed
   */
  async latest(subject: string, take: number): Promise<SignInRecord[]> {
    // a completed sign-in with a second factor has two rows: twice as many are read as are shown
    const rows = await this.records.find({ where: { subject }, order: { happenedAt: 'DESC', id: 'ASC' }, take: 2 * take });
    return rows.filter((row) => !isCompleted(row, rows)).slice(0, take);
  }

  /** @returns how many were older than the setting allows and are gone */
  deleteExpired(now: Date): Promise<number> {
    const happenedAt = LessThanOrEqual(new Date(now.getTime() - this.config.signInHistoryDays * DAY));
    return deleteWhere(this.records, { happenedAt });
  }
}

/** Whether a half-way sign-in was finished soon after, with the same browser from the same address. */
function isCompleted(half: SignInRecord, rows: readonly SignInRecord[]): boolean {
  if (half.outcome !== 'half-way') return false;
  return rows.some(({ outcome, happenedAt, address, userAgent, clientId }) => {
    const after = happenedAt.getTime() - half.happenedAt.getTime();
    const isSamePlace = address === half.address && userAgent === half.userAgent && clientId === half.clientId;
    return outcome === 'signed-in' && isSamePlace && after >= 0 && after <= HALF_WAY_AT_MOST;
  });
}
