import type { Logger as Pino } from 'pino';

/**
 * Writes the line of a request that was answered.
 * @param route as it was declared, never the address as sent: its query may hold a code
 * @param milliseconds that it took
 */
export type RequestLog = (id: string, method: string, route: string, status: number, milliseconds: number) => void;

/** What the lines hold is not secret, so that they need not be searched for secrets. */
export function requestLog(logger: Pino): RequestLog {
  const requests = logger.child({}, { redact: [] });
  return (id, method, route, status, milliseconds) =>
    requests.info({ reqId: id, requestId: id, method, route, status, ms: Math.round(milliseconds) }, 'request');
}
