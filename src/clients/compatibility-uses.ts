import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Counter } from 'prom-client';
import { LessThanOrEqual, Repository } from 'typeorm';
import type { CompatibilitySwitch } from '../protocol/compatibility/switches.js';
import { Clock } from '../platform/ambient/clock.js';
import { Metrics } from '../platform/metrics/metrics.service.js';
import { CompatibilityUse } from './compatibility-use.entity.js';

/** Milliseconds for which a stored use counts as the last one. */
const HOUR = 3_600_000;
/** Pairs of client and switch that are remembered as stored; beyond it the database is asked again. */
const MOST_REMEMBERED = 10_000;

/** Who is a client that nobody knows. */
export const NO_CLIENT = '';

/** Counts how often a switch changed an answer, and remembers when last. */
@Injectable()
export class CompatibilityUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Compatibility');
  private readonly counter: Counter<'switch' | 'client_id'>;
  /** When this process has last stored a pair. */
  private readonly stored = new Map<string, number>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    @InjectRepository(CompatibilityUse) private readonly uses: Repository<CompatibilityUse>,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter({
      name: 'chartkey_compatibility_uses_total',
      help: 'Answers that were changed by a compatibility switch; client_id is empty where no client was known',
      labelNames: ['switch', 'client_id'],
    });
  }

  /**
   * Notes that a switch has changed an answer. Nobody waits for it, and nothing fails with it.
   * @param clientId of a client that exists, or NO_CLIENT: what strangers send must not become a label or a row
   */
  note(name: CompatibilitySwitch, clientId: string): void {
    this.counter.inc({ switch: name, client_id: clientId });
    const now = this.clock.now();
    const pair = `${name} ${clientId}`;
    const age = now.getTime() - (this.stored.get(pair) ?? -Infinity);
    if (age >= 0 && age < HOUR) return;
    if (this.stored.size >= MOST_REMEMBERED) this.stored.clear();
    this.stored.set(pair, now.getTime());
    const write = this.store(name, clientId, now)
      .catch((error: unknown) => {
        this.stored.delete(pair);
        this.logger.warn({ err: error, event: 'a use could not be stored', switch: name, clientId });
      })
      .finally(() => this.writing.delete(write));
    this.writing.add(write);
  }

  /** Waits until what was noted is stored. */
  async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  /** The database is closed after this. */
  beforeApplicationShutdown(): Promise<void> {
    return this.settled();
  }

  /** The last use of each switch, to the hour. @param clientId of one client; NO_CLIENT for those where none was known */
  async lastUses(clientId: string): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.uses.findBy({ clientId });
    return new Map(rows.map(({ name, lastUsedAt }) => [name, lastUsedAt]));
  }

  /** Replicas meet in the condition: of all that store a use within an hour, one changes the row. */
  private async store(name: CompatibilitySwitch, clientId: string, now: Date): Promise<void> {
    const before = new Date(now.getTime() - HOUR);
    const { affected } = await this.uses.update({ name, clientId, lastUsedAt: LessThanOrEqual(before) }, { lastUsedAt: now });
    if (affected === 1 || (await this.uses.existsBy({ name, clientId }))) return;
    await this.uses.createQueryBuilder().insert().values({ name, clientId, lastUsedAt: now }).orIgnore().execute();
  }
}
