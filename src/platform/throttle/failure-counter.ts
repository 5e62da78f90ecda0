import { type FindOptionsWhere, IsNull, LessThan, Or, type Repository } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/** A moment as a row keeps it: wall clock text in tables of the EHR, Date in ours. Either kind compares with `<`. */
type Moment = string | Date;

/** A row that counts the failed attempts on one account or from one address. */
export interface FailureCount {
  /** Since the last success. */
  failures: number | null;
  lastFailureAt: Moment | null;
  /** Ever; where the table keeps it. */
  totalFailures?: number | null;
  /** Whether the EHR has told the administrator; where the table keeps it. */
  blockMailed?: number | null;
}

/** When attempts are refused. The moments are in the form of the rows. */
export interface AttemptLimit {
  /** Failures from which on every attempt is refused; 0 for no limit. */
  readonly maximum: number;
  readonly now: Moment;
  /** A last failure before this moment is forgotten; null when none ever is. */
  readonly forgottenBefore: Moment | null;
}

/**
 * One attempt at proving something, counted in one row. All decisions that matter are single statements, so attempts that run at once, here
 * or on another replica, cannot get more failures through than the limit allows.
 */
export class Attempt<Row extends FailureCount> {
  /** Whether the limit had been reached before this attempt. A refused attempt is to be counted as a failure too. */
  readonly isRefused: boolean;
  private readonly limit: AttemptLimit;

  /**
   * @param row as read just now
   * @param key what finds the row again
   */
  constructor(
    private readonly rows: Repository<Row>,
    private readonly row: Row,
    private readonly key: FindOptionsWhere<Row>,
    limit: AttemptLimit,
  ) {
    this.limit = this.keeps('lastFailureAt') ? limit : { ...limit, forgottenBefore: null };
    this.isRefused = limit.maximum > 0 && (row.failures ?? 0) >= limit.maximum && !this.isForgotten();
  }

  /** Counts a failure; one that comes long after the last is the first again. */
  async fail(): Promise<void> {
    const { now, forgottenBefore } = this.limit;
    const always = { lastFailureAt: now, ...this.whereKept('totalFailures', this.plusOne('totalFailures')) };
    if (this.isForgotten() && forgottenBefore !== null) {
      const first = await this.update({ lastFailureAt: LessThan(forgottenBefore) }, { failures: 1, ...always });
      if (first) return;
    }
    await this.update({}, { failures: this.plusOne('failures'), ...always });
  }

  /**
   * Ends the count, if the limit has not been reached meanwhile: of many guesses at once, the right one is worth nothing after too many wrong ones.
   * @returns whether the success stands
   */
  async succeed(): Promise<boolean> {
    const { maximum, forgottenBefore } = this.limit;
    const cleared = { failures: 0, lastFailureAt: null, ...this.whereKept('blockMailed', 0) };
    if (maximum === 0) return this.update({}, cleared);
    if (await this.update({ failures: Or(IsNull(), LessThan(maximum)) }, cleared)) return true;
    return forgottenBefore !== null && this.update({ lastFailureAt: LessThan(forgottenBefore) }, cleared);
  }

  private isForgotten(): boolean {
    const { forgottenBefore } = this.limit;
    const last = this.row.lastFailureAt;
    return forgottenBefore !== null && last !== null && last < forgottenBefore;
  }

  /** @returns the property with its new value, or nothing where the table has no such column */
  private whereKept(property: keyof FailureCount, value: unknown): Record<string, unknown> {
    return this.keeps(property) ? { [property]: value } : {};
  }

  /** Whether the table has such a column: not every table does, and not in every version of the EHR. */
  private keeps(property: keyof FailureCount): boolean {
    return this.rows.metadata.findColumnWithPropertyName(property)?.isUpdate === true;
  }

  private plusOne(property: keyof FailureCount): () => string {
    const column = this.rows.metadata.findColumnWithPropertyName(property)?.databaseName;
    return () => `COALESCE(${column}, 0) + 1`;
  }

  /** @returns whether the row fulfilled the condition and was changed */
  private async update(condition: Record<string, unknown>, values: Record<string, unknown>): Promise<boolean> {
    const criteria = { ...this.key, ...condition } as FindOptionsWhere<Row>;
    const { affected } = await this.rows.update(criteria, values as QueryDeepPartialEntity<Row>);
    return affected === 1;
  }
}
