/** Where finished spans go. */
export type SpanExporterName = 'otlp' | 'console';

/** A standard name has a value that cannot be followed here. */
export class TracingSettingsError extends Error {
  override readonly name = 'TracingSettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether requests are traced, and where to: decided by the standard names of the environment, off unless one of them asks for it. Sampling
 * (`OTEL_TRACES_SAMPLER`), headers, timeouts and batches (`OTEL_EXPORTER_OTLP_*`, `OTEL_BSP_*`) are read by the exporter itself.
 * @returns null: nothing is traced
 * @throws TracingSettingsError for an exporter or protocol that there is not
 * @see OpenTelemetry specification, "Environment Variable Specification" and "OTLP Exporter Configuration"
 */
export function readTracingSettings(environment: Environment): SpanExporterName | null {
  const value = (name: string): string => (environment[name] ?? '').trim();
  if (value('OTEL_SDK_DISABLED').toLowerCase() === 'true') return null;
  const exporter = value('OTEL_TRACES_EXPORTER').toLowerCase() || (hasEndpoint(value) ? 'otlp' : 'none');
  if (exporter === 'none') return null;
  if (exporter === 'console') return exporter;
  if (exporter !== 'otlp') throw new TracingSettingsError(`OTEL_TRACES_EXPORTER must be otlp, console or none, not ${exporter}`);
  const protocol = value('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') || value('OTEL_EXPORTER_OTLP_PROTOCOL') || 'http/protobuf';
  if (protocol !== 'http/protobuf') {
    throw new TracingSettingsError(`OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf, not ${protocol}`);
  }
  return exporter;
}

function hasEndpoint(value: (name: string) => string): boolean {
  return value('OTEL_EXPORTER_OTLP_ENDPOINT') !== '' || value('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '';
}
