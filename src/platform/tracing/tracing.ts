import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, ROOT_CONTEXT, type SpanContext, trace, type Tracer } from '@opentelemetry/api';
import { currentRequest, type RequestScope } from '../web/request-scope.js';

/** Milliseconds. */
const PATIENCE = 3000;

const NOTHING: Readonly<Record<string, string>> = {};

/** What a traced process shares: who makes spans, and which of them stands for which request. */
export class Tracing {
  private readonly contexts = new WeakMap<RequestScope, Context>();

  constructor(
    readonly tracer: Tracer,
    private readonly provider: { forceFlush(): Promise<void>; shutdown(): Promise<void> },
  ) {}

  /** Makes a span the parent of what the request in whose course we are leads to. */
  enter(scope: RequestScope, context: Context): void {
    this.contexts.set(scope, context);
  }

  /** The context whose span is the parent of what happens now; the root outside of a request. */
  current(): Context {
    const scope = currentRequest();
    return (scope && this.contexts.get(scope)) ?? ROOT_CONTEXT;
  }

  /** Members of a line of log that lead from it to its trace. @see OpenTelemetry, "Trace Context in non-OTLP Log Formats" */
  readonly logMembers = (): Readonly<Record<string, string>> => {
    const span = trace.getSpanContext(this.current());
    return span === undefined ? NOTHING : membersOf(span);
  };

  /** Sends what is finished. */
  flush(): Promise<void> {
    return this.provider.forceFlush();
  }

  /** Sends what is finished, unless nobody takes it; nothing is traced afterwards. */
  async stop(): Promise<void> {
    const sent = this.provider.shutdown().catch(() => undefined); // a collector that is away must not hold the process
    await Promise.race([sent, sleep(PATIENCE, undefined, { ref: false })]);
  }
}

function membersOf({ traceId, spanId }: SpanContext): Readonly<Record<string, string>> {
  return { trace_id: traceId, span_id: spanId };
}
