import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance } from 'fastify';

/** What may be known anywhere about the request in whose course something happens. */
export interface RequestScope {
  readonly method: string;
  /** As it is routed, without query: that may hold a code or a token. */
  readonly path: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before `rememberRequests` has seen it. */
    scope: RequestScope | null;
  }
}

const scopes = new AsyncLocalStorage<RequestScope>();

/** The request that is being answered; null outside of one, as on the command line and in timers. */
export function currentRequest(): RequestScope | null {
  return scopes.getStore() ?? null;
}

/** Does `work`, and all that follows from it, as part of a request. */
export function withinRequest<T>(scope: RequestScope, work: () => T): T {
  return scopes.run(scope, work);
}

/** Lets everything that a request leads to know it. The body arrives by events of the socket, which know of nothing: hence the second hook. */
export function rememberRequests(fastify: FastifyInstance): void {
  fastify.decorateRequest('scope', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    const [path = ''] = request.url.split('?', 1);
    const scope = { method: request.method, path };
    request.scope = scope;
    withinRequest(scope, done);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    if (request.scope === null) done();
    else withinRequest(request.scope, done);
  });
}
