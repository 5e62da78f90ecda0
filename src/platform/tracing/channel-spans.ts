import { tracingChannel } from 'node:diagnostics_channel';
import { type Attributes, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Tracing } from './tracing.js';

/** How a span for an operation is made from what its channel tells. */
export interface ChannelSpan<Message> {
  readonly kind: SpanKind;
  readonly describe: (message: Message) => { readonly name: string; readonly attributes: Attributes };
}

interface Traced {
  span?: Span;
  readonly error?: unknown;
}

/**
 * Makes a span for every operation that a channel tells about.
 * @param name of a channel of Node's own `diagnostics_channel`
 * @returns ends it
 */
export function traceChannel<Message extends object>(tracing: Tracing, name: string, { kind, describe }: ChannelSpan<Message>): () => void {
  const channel = tracingChannel(name);
  const start = (message: unknown): void => {
    const { name: spanName, attributes } = describe(message as Message);
    (message as Traced).span = tracing.tracer.startSpan(spanName, { kind, attributes }, tracing.current());
  };
  const end = (message: unknown): void => (message as Traced).span?.end();
  const fail = (message: unknown): void => {
    const { span, error } = message as Traced;
    span?.setStatus({ code: SpanStatusCode.ERROR }).setAttribute('error.type', errorType(error));
  };
  channel.start.subscribe(start);
  channel.asyncEnd.subscribe(end);
  channel.error.subscribe(fail);
  return () => {
    channel.start.unsubscribe(start);
    channel.asyncEnd.unsubscribe(end);
    channel.error.unsubscribe(fail);
  };
}

/** Never the message: drivers put values in it. */
function errorType(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error ? String(error.code) : error.name;
}
