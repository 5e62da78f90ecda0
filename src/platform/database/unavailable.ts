import { QueryFailedError } from 'typeorm';

const CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_OPTION_PREVENTS_STATEMENT', // read-only replica
  'SQLITE_BUSY',
]);

/** Whether an error says that the database cannot be reached or has no room just now: the same request may succeed later. */
export function isUnavailable(thrown: unknown): boolean {
  const error: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  if (!(error instanceof Error) || !('code' in error) || !CODES.has(String(error.code))) return false;
  return thrown instanceof QueryFailedError || 'fatal' in error || 'syscall' in error;
}
