import { request } from 'node:http';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

interface Answer {
  readonly status: number | undefined;
  /** Names and values in their alphabetical order, without those that differ from answer to answer. */
  readonly headers: unknown;
  readonly body: string;
}

const PATHS = ['.well-known/openid-configuration', '.well-known/oauth-authorization-server', 'jwk'];

describe('Documents that are answered before a request is routed', () => {
  let server: TestServer;

  beforeAll(async () => (server = await startServer()));
  afterAll(() => server.stop());
  beforeEach(() => fetch(`${server.issuer}/jwk?`)); // reads the settings of the EHR, which are then known for a while

  const ask = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(`${server.issuer}/${path}`, { method, headers, agent: false }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
        const { date: _date, 'x-request-id': _id, ...same } = answer.headers;
        answer.once('end', () => resolve({ status: answer.statusCode, headers: Object.entries(same).sort(), body }));
      });
      sent.once('error', reject).end();
    });

  it.each(PATHS.flatMap((path) => ['GET', 'HEAD'].map((method) => [method, path])))(
    'say with %s %s what their routes say',
    async (method, path) => {
      const [standing, routed] = [await ask(path, method), await ask(`${path}?`, method)];
      expect(standing.status).toBe(200);
      expect(standing).toEqual(routed);
    },
  );

  it('are logged and counted as requests are', async () => {
    const id = (await fetch(`${server.issuer}/jwk`)).headers.get('x-request-id');
    const lines = server.logs.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ requestId }) => requestId === id);
    expect(lines).toMatchObject([{ msg: 'request', method: 'GET', route: '/oauth2/default/jwk', status: 200 }]);
    expect(await (await fetch(`${server.origin}/metrics`)).text()).toContain('{method="GET",route="/oauth2/default/jwk",status="200"}');
  });

  it('are not given to another host, nor in place of an unchanged copy', async () => {
    expect((await ask('jwk', 'GET', { host: 'evil.example' })).status).toBe(421);
    const { headers } = await fetch(`${server.issuer}/jwk`);
    expect(await ask('jwk', 'GET', { 'if-none-match': headers.get('etag') ?? '' })).toMatchObject({ status: 304, body: '' });
  });

  it('change with the settings of the EHR, within the seconds for which those are kept', async () => {
    await setGlobal(server, 'oauth_password_grant', '3');
    await ask(PATHS[0] ?? '');
    expect((await ask(PATHS[0] ?? '')).body).toContain('"password"');
    await setGlobal(server, 'oauth_password_grant', '0');
    expect((await ask(PATHS[0] ?? '')).body).not.toContain('"password"');
  });
});
