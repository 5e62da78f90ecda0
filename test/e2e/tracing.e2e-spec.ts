import { SpanKind } from '@opentelemetry/api';
import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { traceTo } from '../../src/platform/tracing/start-tracing.js';
import type { Tracing } from '../../src/platform/tracing/tracing.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';

describe('Traces', () => {
  const exporter = new InMemorySpanExporter();
  let tracing: Tracing;
  let server: TestServer;

  beforeAll(async () => {
    tracing = await traceTo(exporter);
    server = await startServer({ tracing });
    await setGlobal(server, 'oauth_password_grant', '1');
  });
  afterAll(() => server.stop());

  const ask = async (path: string, form?: Record<string, string>): Promise<readonly ReadableSpan[]> => {
    exporter.reset();
    const body = form && new URLSearchParams(form);
    await fetch(`${server.issuer}/${path}`, {
      headers: { traceparent: `00-${TRACE}-${CALLER}-01` },
      ...(body ? { method: 'POST', body } : {}),
    }).then((answer) => answer.text());
    return finished();
  };
  /** The span of the request ends after its answer has gone out. */
  const finished = async (): Promise<readonly ReadableSpan[]> => {
    for (;;) {
      await tracing.flush();
      const spans = exporter.getFinishedSpans();
      if (spans.some(({ kind }) => kind === SpanKind.SERVER)) return spans;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  const requestOf = (spans: readonly ReadableSpan[]): ReadableSpan => spans.find(({ kind }) => kind === SpanKind.SERVER) as ReadableSpan;

  it('go on with the trace of the caller, by route and status', async () => {
    const span = requestOf(await ask('.well-known/openid-configuration?code=secret'));
    expect(span.spanContext().traceId).toBe(TRACE);
    expect(span.parentSpanContext?.spanId).toBe(CALLER);
    expect(span.name).toBe('GET /oauth2/default/.well-known/openid-configuration');
    expect(span.attributes).toMatchObject({ 'http.request.method': 'GET', 'http.response.status_code': 200, 'url.scheme': 'http' });
  });

  it('hold what a sign-in waited for, and no secret', async () => {
    const { username, password } = CLINICIAN;
    const form = { grant_type: 'password', client_id: 'nobody', user_role: 'users', scope: 'openid', username, password };
    const refused = requestOf(await ask('token', form));
    expect(refused.attributes['http.response.status_code']).toBe(401);
    const spans = await ask('token', { ...form, client_id: 'demo-public-client-00000000000000000000000001' });
    const request = requestOf(spans);
    const children = spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === request.spanContext().spanId);
    const names = children.map(({ name }) => name);
    expect(names).toContain('hash password');
    if (TEST_DATABASE === 'mysql') expect(names).toContain('SELECT users_secure');
    const told = JSON.stringify(spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })));
    for (const secret of [password, username]) expect(told).not.toContain(secret);
  });

  it('are found by their id from the lines of the log', async () => {
    await ask('token', { grant_type: 'secret' });
    const line = server.logs.lines.map((text) => JSON.parse(text) as Record<string, unknown>).findLast(({ msg }) => msg === 'request');
    expect(line?.['trace_id']).toBe(TRACE);
  });
});
