import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Env } from '../../src/platform/config/env.dto.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { readProjectFile } from '../support/source-files.js';
import { startServer, type TestServer } from '../support/start-server.js';

const HOST = 'emr.example.org';
const CALLER = '127.0.0.2';
const CLIENT = { application_type: 'public', client_name: 'App', redirect_uris: ['https://app.example/cb'], scope: 'openid' };

const DOCUMENT = readProjectFile('docs/cut-over.md');
const NGINX = /```nginx\n(.*?)```/s.exec(DOCUMENT)?.[1] ?? '';
const [MAIN = ''] = NGINX.split(/^}/m);
/** Names and values of the documented `proxy_set_header` lines, in the words of nginx. */
const HEADERS = [...MAIN.matchAll(/proxy_set_header (\S+) (\S+);/g)].map(([, name = '', value = '']): [string, string] => [name, value]);

describe('Cut-over', () => {
  let server: TestServer;
  let proxy: Server;

  /** Does with each request what nginx does by the documented lines. */
  beforeAll(async () => {
    server = await startServer({ env: { PUBLIC_URL: `https://${HOST}`, TRUSTED_PROXIES: '127.0.0.1' } });
    proxy = createServer((incoming, outgoing) => {
      const variables: Record<string, string> = {
        $http_host: incoming.headers.host ?? '',
        $remote_addr: incoming.socket.remoteAddress ?? '',
        $scheme: 'https',
      };
      const changes = Object.fromEntries(HEADERS.map(([name, value]) => [name.toLowerCase(), variables[value] ?? 'close']));
      const target = { port: server.config.port, host: '127.0.0.1', path: incoming.url, method: incoming.method };
      incoming.pipe(
        send({ ...target, headers: { ...incoming.headers, ...changes } }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }),
      );
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await new Promise((resolve) => proxy.close(resolve));
    await server.stop();
  });

  const ask = (path: string, headers: Record<string, string>, body?: object): Promise<{ status: number; body: Record<string, unknown> }> =>
    new Promise((resolve, reject) => {
      const { port } = proxy.address() as AddressInfo;
      const options = { port, host: '127.0.0.1', localAddress: CALLER, path, method: body ? 'POST' : 'GET', agent: false };
      send({ ...options, headers: { host: HOST, 'content-type': 'application/json', ...headers } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) as Record<string, unknown> }));
      })
        .on('error', reject)
        .end(body && JSON.stringify(body));
    });

  it('keeps the issuer, in both places where it is published', async () => {
    expect(HEADERS.map(([name]) => name)).toEqual(expect.arrayContaining(['Host', 'X-Forwarded-Host', 'X-Forwarded-For']));
    for (const path of ['/oauth2/default/.well-known/openid-configuration', '/.well-known/oauth-authorization-server/oauth2/default']) {
      expect(NGINX).toContain(path.startsWith('/oauth2') ? 'location ^~ /oauth2/default/ {' : `location = ${path} {`);
      const { status, body } = await ask(path, {});
      expect([status, body['issuer']]).toEqual([200, `https://${HOST}/oauth2/default`]);
    }
  });

  it("writes down the caller's address, and not one that the caller made up", async () => {
    const { status, body } = await ask('/oauth2/default/registration', { 'x-forwarded-for': '203.0.113.99' }, CLIENT);
    expect(status).toBe(201);
    const [line] = await server.database.query<Array<{ comments: string }>>('SELECT comments FROM log ORDER BY id DESC LIMIT 1');
    const comment = Buffer.from(line?.comments ?? '', 'base64').toString('utf8');
    expect(comment).toContain(`success: ${CALLER}. client ${String(body['client_id'])}`);
  });

  it('is known by its own name alone, whatever a caller forwards', async () => {
    expect(await ask('/oauth2/default/jwk', { host: 'evil.example' })).toMatchObject({ status: 421 });
    expect(await ask('/oauth2/default/jwk', { 'x-forwarded-host': 'evil.example' })).toMatchObject({ status: 200 });
  });

  it.each(['docs/cut-over.md', 'docs/compatibility.md'])('%s names no setting that does not exist', (path) => {
    const text = readProjectFile(path);
    const given = [...text.matchAll(/`(CHARTKEY_[A-Z_]+)=(\w+)`/g)].map(([, name = '', value = '']): [string, string] => [name, value]);
    const named = [...text.matchAll(/`(CHARTKEY_[A-Z_]+)/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !(name in new Env()))).toEqual([]);
    const token = { CHARTKEY_REGISTRATION_TOKEN: 'a-token-of-some-length' };
    for (const [name, value] of given) expect(() => loadConfig({ ...token, [name]: value })).not.toThrow();
  });
});
