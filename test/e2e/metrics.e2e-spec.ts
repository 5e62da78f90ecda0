import { nodeFetch } from '../support/node-fetch.js';
import { startServer, type TestServer } from '../support/start-server.js';

const TOKEN = 'scrape-scrape-scrape';
const NOTHING = { error: 'invalid_request', error_description: 'There is nothing at this address.' };

describe('GET /metrics', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ env: { PUBLIC_URL: 'https://id.clinic.example', CHARTKEY_METRICS_TOKEN: TOKEN } });
  });
  afterAll(() => server.stop());

  const ask = (headers: Record<string, string> = {}): Promise<Response> =>
    nodeFetch()(`http://127.0.0.1:${server.config.port}/metrics`, { headers });

  it('tells a program of the same machine, in the text format of Prometheus', async () => {
    const answer = await ask();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await answer.text();
    for (const name of ['process_cpu_seconds_total', 'nodejs_eventloop_lag_seconds', 'chartkey_compatibility_uses_total']) {
      expect(text).toContain(`# TYPE ${name} `);
    }
    expect(text).not.toContain(TOKEN);
    expect((await ask()).status).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['comes through a proxy that nobody trusts', { 'x-forwarded-for': '127.0.0.1' }],
    ['was led here by a name of its own', { host: 'evil.example' }],
    ['shows another token', { 'x-forwarded-for': '203.0.113.5', authorization: 'Bearer something-else-entirely' }],
  ])('does not exist for who %s', async (_who, headers) => {
    const answer = await ask(headers);
    expect([answer.status, await answer.json()]).toEqual([404, NOTHING]);
  });

  it('opens from anywhere to who shows the token', async () => {
    const answer = await ask({ 'x-forwarded-for': '203.0.113.5', host: 'metrics.internal:3000', authorization: `Bearer ${TOKEN}` });
    expect(answer.status).toBe(200);
  });
});
