import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readProjectFile } from '../support/source-files.js';
import { ProgramSite, type RunningProgram } from '../support/program.js';
import { TEST_DATABASE } from '../support/start-server.js';

const CLIENT = 'demo-public-client-00000000000000000000000001';

/** Takes what a collector takes. */
class Collector {
  readonly received: { readonly path: string; readonly body: Buffer }[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.received.push({ path: request.url ?? '', body: Buffer.concat(chunks) });
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

describe('A server in operation', () => {
  const collector = new Collector();
  let site: ProgramSite;
  let server: RunningProgram;

  beforeAll(async () => {
    site = await ProgramSite.create();
    const endpoint = await collector.listen();
    server = await site.serve({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'front-desk', CHARTKEY_METRICS: 'on' });
    await ask('.well-known/openid-configuration');
    const form = { grant_type: 'refresh_token', refresh_token: 'no-such-token', client_id: CLIENT };
    await ask('token', form);
    await ask('token', { ...form, grant_type: 'made-up' });
  });
  afterAll(async () => {
    await site.close();
    await collector.stop();
  });

  const ask = async (path: string, form?: Record<string, string>): Promise<void> => {
    await (await fetch(`${server.issuer}/${path}`, form ? { method: 'POST', body: new URLSearchParams(form) } : {})).text();
  };
  const metrics = async (): Promise<string> => (await fetch(`${server.origin}/metrics`)).text();

  it('counts requests by route and status, and refusals by their error', async () => {
    const text = await metrics();
    expect(text).toMatch(
      /^chartkey_http_request_duration_seconds_count\{method="GET",route="\/oauth2\/default\/\.well-known\/openid-configuration",status="200"\} 1$/m,
    );
    expect(text).toMatch(/^chartkey_token_errors_total\{grant_type="refresh_token",error="invalid_grant"\} 1$/m);
    expect(text).toMatch(/^chartkey_token_errors_total\{grant_type="unknown",error="unsupported_grant_type"\} 1$/m);
    expect(text).toMatch(/^chartkey_token_responses_total\{grant_type="authorization_code"\} 0$/m);
    expect(text).toMatch(/^chartkey_sign_ins_total\{result="locked"\} 0$/m);
    expect(text).not.toMatch(/made-up|no-such-token/);
  });

  it('tells what can run out, and how old its key is', async () => {
    const text = await metrics();
    expect(text).toMatch(/^chartkey_passwords_waiting 0$/m);
    expect(Number(/^chartkey_signing_key_age_seconds (\S+)$/m.exec(text)?.[1])).toBeGreaterThan(0);
    if (TEST_DATABASE === 'mysql') expect(text).toMatch(/^chartkey_database_connections\{state="waiting"\} 0$/m);
  });

  it('counts everything that the dashboard in docs/ asks for', async () => {
    const known = new Set([...(await metrics()).matchAll(/^# TYPE (\S+) /gm)].map(([, name = '']) => name));
    const asked = [...readProjectFile('docs/grafana-dashboard.json').matchAll(/\b(?:chartkey|nodejs|process)_[a-z0-9_]+/g)];
    const names = new Set(asked.map(([name]) => name.replace(/_(?:bucket|count|sum)$/, '')));
    expect(names.size).toBeGreaterThan(10);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
  });

  it('sends its spans to a collector, at the latest when it stops', async () => {
    expect((await server.stop()).status).toBe(0);
    expect(new Set(collector.received.map(({ path }) => path))).toEqual(new Set(['/v1/traces']));
    const text = collector.received.map(({ body }) => body.toString('latin1')).join('');
    for (const part of ['front-desk', 'GET /oauth2/default/.well-known/openid-configuration', 'POST /oauth2/default/token']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('no-such-token');
  });

  it('does not start with an exporter that there is not, and says so', async () => {
    const { status, stderr } = await site.run(['serve'], { OTEL_TRACES_EXPORTER: 'zipkin' });
    expect([status, stderr]).toEqual([2, 'chartkey: OTEL_TRACES_EXPORTER must be otlp, console or none, not zipkin\n']);
  });
});
