import { jest } from '@jest/globals';
import { LessThan } from 'typeorm';
import { openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { RateCount } from '../throttle/rate-count.entity.js';
import { deleteInBatches, deleteWhere } from './delete-in-batches.js';

describe('Deleting a few rows at a time', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase([RateCount]);
  });
  afterAll(() => database.close());

  it('deletes all that fulfil the condition, in more than one statement, and nothing else', async () => {
    const rows = database.source.getRepository(RateCount);
    const row = (n: number): RateCount => ({ id: String(n), windowStart: n, replica: 'a', hits: n % 2, expiresAt: new Date(n) });
    await rows.insert(Array.from({ length: 1201 }, (_, n) => row(n)));
    const statements = jest.spyOn(rows, 'delete');
    expect(await deleteWhere(rows, { hits: LessThan(1) })).toBe(601);
    expect([statements.mock.calls.length, await rows.count()]).toEqual([2, 600]);
  });

  it('asks once where there is nothing', async () => {
    const find = jest.fn(() => Promise.resolve([]));
    expect(await deleteInBatches(find, () => Promise.reject(new Error('nothing to remove')))).toBe(0);
    expect(find).toHaveBeenCalledTimes(1);
  });
});
