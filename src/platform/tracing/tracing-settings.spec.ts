import { readTracingSettings, TracingSettingsError } from './tracing-settings.js';

const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('readTracingSettings', () => {
  it.each<[string, Record<string, string>, string | null]>([
    ['nothing', {}, null],
    ['empty names', { OTEL_TRACES_EXPORTER: '', OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, null],
    ['a collector', COLLECTOR, 'otlp'],
    ['a collector for traces alone', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, 'otlp'],
    ['the exporter by name', { OTEL_TRACES_EXPORTER: 'otlp' }, 'otlp'],
    ['the terminal', { OTEL_TRACES_EXPORTER: 'console' }, 'console'],
    ['a collector that is to be left alone', { ...COLLECTOR, OTEL_TRACES_EXPORTER: 'none' }, null],
    ['everything off', { ...COLLECTOR, OTEL_SDK_DISABLED: 'TRUE' }, null],
    ['the protocol that there is', { ...COLLECTOR, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, 'otlp'],
    [
      'another protocol for something else',
      { ...COLLECTOR, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
      'otlp',
    ],
  ])('%s', (_what, environment, expected) => expect(readTracingSettings(environment)).toBe(expected));

  it.each([
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'OTEL_TRACES_EXPORTER'],
    [{ ...COLLECTOR, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'OTEL_EXPORTER_OTLP_PROTOCOL'],
  ])('refuses %j by name', (environment, name) => {
    expect(() => readTracingSettings(environment)).toThrow(TracingSettingsError);
    expect(() => readTracingSettings(environment)).toThrow(name);
  });
});
