import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { parseTraceParent, TRACE_PARENT_HEADER } from '@opentelemetry/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { currentRequest } from '../web/request-scope.js';
import type { Tracing } from './tracing.js';

const SERVER_ERROR = 500;

/**
 * Makes a span for every request, within the trace that its `traceparent` names. It tells the route and never the address as sent, whose
 * query may hold a code.
 * @param fastify on which `rememberRequests` has been called
 * @see OpenTelemetry semantic conventions for HTTP server spans; W3C Trace Context
 */
export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', async (request) => {
    const scope = currentRequest();
    if (scope === null) return;
    const parent = parentOf(request);
    const span = tracing.tracer.startSpan(request.method, { kind: SpanKind.SERVER, attributes: attributesOf(request) }, parent);
    spans.set(request, span);
    tracing.enter(scope, trace.setSpan(parent, span));
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const span = spans.get(request);
    const route = request.routeOptions.url;
    if (route !== undefined) span?.updateName(`${request.method} ${route}`).setAttribute('http.route', route);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= SERVER_ERROR) {
      span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', String(reply.statusCode));
    }
    span?.end();
  });
  fastify.addHook('onClose', () => tracing.stop());
  fastify.addHook('onRequestAbort', async (request) => {
    spans.get(request)?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', 'aborted').end();
  });
}

function parentOf({ headers }: FastifyRequest): Context {
  const sent = headers[TRACE_PARENT_HEADER];
  const parent = typeof sent === 'string' ? parseTraceParent(sent) : null;
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function attributesOf(request: FastifyRequest): Record<string, string> {
  return {
    'http.request.method': request.method,
    'url.scheme': request.protocol,
    'network.protocol.version': request.raw.httpVersion,
    'chartkey.request_id': String(request.id),
  };
}
