import { type DeleteResult, type FindOptionsSelect, type FindOptionsWhere, In, type Repository } from 'typeorm';

const BATCH = 500;

/**
 * Deletes rows a few at a time, so that no statement holds its locks for long.
 * @param find keys of rows to delete, at most `take`
 * @param remove deletes those rows
 * @returns how many were deleted
 */
export async function deleteInBatches(
  find: (take: number) => Promise<string[]>,
  remove: (keys: string[]) => Promise<DeleteResult>,
): Promise<number> {
  for (let deleted = 0; ;) {
    const keys = await find(BATCH);
    if (keys.length > 0) deleted += (await remove(keys)).affected ?? 0;
    if (keys.length < BATCH) return deleted;
  }
}

/**
 * Deletes every row that fulfils a condition, a few at a time. They are looked for without a lock, and locked by their keys alone: a
 * condition that no index serves would otherwise lock the whole table. A row that has changed meanwhile stays.
 * @returns how many were deleted
 */
export function deleteWhere<Row extends { id: string }>(rows: Repository<Row>, where: FindOptionsWhere<Row>): Promise<number> {
  const select = { id: true } as FindOptionsSelect<Row>;
  const find = async (take: number): Promise<string[]> => (await rows.find({ select, where, take })).map(({ id }) => id);
  return deleteInBatches(find, (ids) => rows.delete({ ...where, id: In(ids) }));
}
