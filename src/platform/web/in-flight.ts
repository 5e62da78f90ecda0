import type { FastifyInstance } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';

/** Seconds after which one that was turned away may come again. */
const RETRY_AFTER = 1;

/**
 * Turns requests away at once while so many are being answered that one more would only make all of them wait. Probes and metrics are always answered.
 * @param most requests at the same time
 * @throws OAuthError temporarily_unavailable, in the hook
 */
export function limitInFlight(fastify: FastifyInstance, most: number): void {
  let inFlight = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    inFlight += 1;
    reply.raw.once('close', () => (inFlight -= 1)); // also where the connection ends without an answer, and onResponse is not called
    const isAlwaysAnswered = request.url.startsWith('/health/') || request.url.startsWith('/metrics');
    if (inFlight <= most || isAlwaysAnswered) return done();
    throw new OAuthError('temporarily_unavailable', 'Too many requests are being answered at this moment.', {
      detail: `more than ${most} in flight`,
      retryAfter: RETRY_AFTER,
    });
  });
}
