import { isNativeError } from 'node:util/types';
import { QueryFailedError } from 'typeorm';

/** It cannot be reached, has no room, or chose this request as the victim: the same request may succeed in a moment. */
const AWAY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'ER_CON_COUNT_ERROR',
  'ER_USER_LIMIT_REACHED',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_SERVER_SHUTDOWN',
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'SQLITE_BUSY',
]);

/** It does not let this account write, or lets nobody write: an operator has to do something. */
const CLOSED: ReadonlySet<string> = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_SPECIFIC_ACCESS_DENIED_ERROR',
  'ER_OPTION_PREVENTS_STATEMENT', // read-only replica
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_READ_ONLY_MODE',
  'ER_OPEN_AS_READONLY',
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'SQLITE_READONLY',
  'SQLITE_FULL',
]);

/** Too many requests wait for a connection, or this one has waited for too long. */
export class DatabaseBusyError extends Error {
  override readonly name = 'DatabaseBusyError';
}

/** Whether an error says that the database cannot do what is asked, through no fault of the request: it may succeed later. */
export function isUnavailable(thrown: unknown): boolean {
  if (thrown instanceof DatabaseBusyError) return true;
  const error = driverErrorOf(thrown);
  if (error === null) return false;
  if ('fatal' in error && error.fatal === true) return true; // the driver has given the connection up
  if (!AWAY.has(codeOf(error)) && !CLOSED.has(codeOf(error))) return false;
  return thrown instanceof QueryFailedError || 'syscall' in error || CLOSED.has(codeOf(error));
}

/** Whether an error says that the account lacks a right, or that nobody may write. Its message names the statement and the table. */
export function isClosed(thrown: unknown): boolean {
  const error = driverErrorOf(thrown);
  return error !== null && CLOSED.has(codeOf(error));
}

function driverErrorOf(thrown: unknown): Error | null {
  const error: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  return error instanceof Error || isNativeError(error) ? error : null; // also one of another realm, or of a driver that only imitates one
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
