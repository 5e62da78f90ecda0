import { SpanKind } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import { HASHING_CHANNEL } from '../ambient/hashing-queue.js';
import { type ChannelSpan, traceChannel } from './channel-spans.js';
import { STATEMENT_CHANNELS, STATEMENT_SPAN } from './statement-spans.js';
import { Tracing } from './tracing.js';
import { readTracingSettings, type SpanExporterName } from './tracing-settings.js';

const NAME = 'chartkey';

/** A password that waits for its turn and is hashed. */
const HASHING_SPAN: ChannelSpan<object> = { kind: SpanKind.INTERNAL, describe: () => ({ name: 'hash password', attributes: {} }) };

/**
 * Starts tracing as the environment asks. What it needs is loaded only then: a process that traces nothing pays nothing.
 * @returns null: nothing is traced
 * @throws TracingSettingsError
 */
export async function startTracing(environment: Readonly<Record<string, string | undefined>>): Promise<Tracing | null> {
  const exporter = readTracingSettings(environment);
  return exporter === null ? null : traceTo(await createExporter(exporter));
}

/** Traces to an exporter: requests as soon as `traceRequests` watches them, statements from now on. */
export async function traceTo(exporter: SpanExporter): Promise<Tracing> {
  const { BatchSpanProcessor, NodeTracerProvider } = await import('@opentelemetry/sdk-trace-node');
  const { defaultResource, detectResources, envDetector, resourceFromAttributes } = await import('@opentelemetry/resources');
  const ours = resourceFromAttributes({ 'service.name': NAME });
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(ours)
      .merge(detectResources({ detectors: [envDetector] })), // OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const releases: (() => void)[] = [];
  const tracing = new Tracing(provider.getTracer(NAME), {
    forceFlush: () => provider.forceFlush(),
    shutdown: () => {
      for (const release of releases.splice(0)) release();
      return provider.shutdown();
    },
  });
  for (const channel of STATEMENT_CHANNELS) releases.push(traceChannel(tracing, channel, STATEMENT_SPAN));
  releases.push(traceChannel(tracing, HASHING_CHANNEL, HASHING_SPAN));
  return tracing;
}

async function createExporter(name: SpanExporterName): Promise<SpanExporter> {
  if (name === 'console') return new (await import('@opentelemetry/sdk-trace-node')).ConsoleSpanExporter();
  return new (await import('@opentelemetry/exporter-trace-otlp-proto')).OTLPTraceExporter();
}
