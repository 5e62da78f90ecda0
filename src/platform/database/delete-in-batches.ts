import type { DeleteResult } from 'typeorm';

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
