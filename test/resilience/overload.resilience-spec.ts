import { connect } from 'node:net';
import { startServer, type TestServer } from '../support/start-server.js';

const HEAD = (host: string, more: readonly string[] = []): string =>
  ['POST /oauth2/default/token HTTP/1.1', `Host: ${host}`, 'Content-Type: application/x-www-form-urlencoded', ...more].join('\r\n');

describe('A server that is asked for more than it can do', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ env: { CHARTKEY_MAX_IN_FLIGHT: '3', CHARTKEY_REQUEST_TIMEOUT: '1', CHARTKEY_RATE_LIMITS: 'off' } });
  });
  afterAll(() => server.stop());

  /** Sends text and waits until the server hangs up. */
  function exchange(text: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(server.config.port, '127.0.0.1').setEncoding('utf8');
      let received = '';
      socket.on('data', (part: string) => (received += part));
      socket.on('error', () => socket.destroy());
      socket.once('close', () => resolve(received));
      socket.write(text);
    });
  }
  const host = (): string => `localhost:${server.config.port}`;
  const slow = (): Promise<string> => exchange(`${HEAD(host(), ['Content-Length: 100'])}\r\n\r\ngrant_type=`);

  it('turns away at once what is too much, answers probes, and goes on when it is over', async () => {
    const waiting = [slow(), slow(), slow()];
    await untilAnswered(503); // the slow requests have been read as far as they go
    const [refused, live] = await Promise.all([fetch(`${server.issuer}/userinfo`), fetch(`${server.origin}/health/live`)]);
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      ...[503, '1'],
      { error: 'temporarily_unavailable', error_description: expect.any(String) },
    ]);
    expect(live.status).toBe(200);
    await Promise.all(waiting);
    await untilAnswered(401);
  });

  async function untilAnswered(status: number): Promise<void> {
    for (;;) if ((await fetch(`${server.issuer}/userinfo`)).status === status) return;
  }

  it('cuts off a body that does not come', async () => {
    expect(await slow()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('cuts off a head that does not end', async () => {
    expect(await exchange(`${HEAD(host())}\r\nX-Slow: a`)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('refuses a body that is too large by what it says, and by what it is', async () => {
    const said = await exchange(`${HEAD(host(), ['Content-Length: 1000000', 'Connection: close'])}\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    const chunk = 'a'.repeat(60_000);
    const chunks = `${(60_000).toString(16)}\r\n${chunk}\r\n`.repeat(3);
    const sent = await exchange(`${HEAD(host(), ['Transfer-Encoding: chunked', 'Connection: close'])}\r\n\r\n${chunks}`);
    expect(sent).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('refuses a head that is too large', async () => {
    expect(await exchange(`${HEAD(host(), [`X-Large: ${'a'.repeat(20_000)}`])}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /);
  });
});
