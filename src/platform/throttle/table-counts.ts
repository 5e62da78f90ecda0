import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { deleteInBatches } from '../database/delete-in-batches.js';
import type { CountStore, OthersCount, SharedCount } from './count-store.js';
import { readOthersCounts } from './others-counts.query.js';
import { RateCount } from './rate-count.entity.js';

/** Rows of one statement. */
const BATCH = 200;

/**
 * Replicas meet in a table. Each writes rows of its own, so that none waits for a lock of another, and no write is certified against
 * another's on a cluster.
 */
@Injectable()
export class TableCounts implements CountStore {
  constructor(@InjectRepository(RateCount) private readonly rows: Repository<RateCount>) {}

  async exchange(counts: readonly SharedCount[], replica: string): Promise<OthersCount[]> {
    const others: OthersCount[] = [];
    for (let at = 0; at < counts.length; at += BATCH) others.push(...(await this.exchangeBatch(counts.slice(at, at + BATCH), replica)));
    return others;
  }

  /** Forgets windows that nobody looks at any more. @returns how many rows */
  deleteExpired(now: Date): Promise<number> {
    const expiresAt = LessThan(now);
    const find = async (take: number): Promise<string[]> => {
      const rows = await this.rows.find({ select: { id: true }, where: { expiresAt }, order: { expiresAt: 'ASC' }, take });
      return rows.map(({ id }) => id);
    };
    return deleteInBatches(find, (ids) => this.rows.delete({ id: In([...new Set(ids)]), expiresAt }));
  }

  private async exchangeBatch(counts: readonly SharedCount[], replica: string): Promise<OthersCount[]> {
    const values = counts.map(({ id, windowStart, window, hits }) => ({
      ...{ id, windowStart, replica, hits },
      expiresAt: new Date(windowStart + 2 * window),
    }));
    const upsert = this.rows.createQueryBuilder().insert().values(values);
    await upsert.orUpdate(['hits'], ['id', 'window_start', 'replica']).updateEntity(false).execute();
    const since = Math.min(...counts.map(({ windowStart, window }) => windowStart - window));
    return readOthersCounts(this.rows.manager.dataSource, [...new Set(counts.map(({ id }) => id))], since, replica);
  }
}
