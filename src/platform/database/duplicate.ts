import { QueryFailedError } from 'typeorm';

const CODES: ReadonlySet<string> = new Set(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

/** Whether a row was refused because one with the same key is there. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof QueryFailedError && CODES.has(String((error.driverError as { code?: unknown }).code));
}
