import type { FastifyInstance } from 'fastify';
import type { Histogram } from 'prom-client';
import type { Metrics } from './metrics.service.js';

/** Seconds: from an answer out of memory to a sign-in that waits for its password to be hashed. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const NO_ROUTE = 'none';

/** Where one kind of request is counted. */
type Series = Histogram.Internal<string>;

/** Counts a request that was answered without being routed. @param milliseconds that it took */
export type RequestCounter = (method: string, route: string, status: number, milliseconds: number) => void;

/** Counts requests and how long they took, by method, route and status. The route, never the address: that has ids and codes in it. */
export function countRequests(fastify: FastifyInstance, metrics: Metrics): RequestCounter {
  const durations = metrics.histogram({
    name: 'chartkey_http_request_duration_seconds',
    help: 'Requests that were answered, by how long it took',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  const known = new Map<string, Series>(); // a look-up here costs less than putting labels together for each request
  const seriesOf = (method: string, route: string, status: number): Series => {
    const name = `${method} ${status} ${route}`;
    const found = known.get(name);
    if (found !== undefined) return found;
    const series = durations.labels({ method, route, status: String(status) });
    known.set(name, series);
    return series;
  };
  const count: RequestCounter = (method, route, status, milliseconds) =>
    seriesOf(method.length > 7 ? 'OTHER' : method, route, status).observe(milliseconds / 1000);
  fastify.addHook('onResponse', (request, reply, done) => {
    count(request.method, request.routeOptions.url ?? NO_ROUTE, reply.statusCode, reply.elapsedTime);
    done();
  });
  return count;
}
