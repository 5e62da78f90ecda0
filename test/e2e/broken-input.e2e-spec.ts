import { approvedClient, CALLBACK, type OAuthClient, postForm, postJson } from '../support/oauth-client.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('Broken input', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const endpoints = ['token', 'introspect', 'revoke', 'registration', 'userinfo', 'authorize', 'logout'];
  const bodies: Array<[string, string, Uint8Array<ArrayBuffer> | string]> = [
    ['NUL', 'application/x-www-form-urlencoded', 'client_id=a%00b&token=x&grant_type=authorization_code'],
    ['bytes that are not UTF-8', 'application/x-www-form-urlencoded', new Uint8Array([0x61, 0x3d, 0xff, 0xfe])],
    ['escapes that are not UTF-8', 'application/x-www-form-urlencoded', 'client_id=%ff%fe'],
    ['a broken escape', 'application/x-www-form-urlencoded', 'client_id=%zz'],
    ['repeated parameters', 'application/x-www-form-urlencoded', 'client_id=a&client_id=b&token=c&token=d&grant_type=x&grant_type=y'],
    ['prototype names', 'application/x-www-form-urlencoded', '__proto__=a&constructor=b&toString=c'],
    ['a hundred kilobytes', 'application/x-www-form-urlencoded', `client_id=${'a'.repeat(100_000)}`],
    ['broken JSON', 'application/json', '{"client_name":'],
    ['JSON of another kind', 'application/json', '[1,2,3]'],
    ['deep JSON', 'application/json', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['JSON numbers for texts', 'application/json', '{"redirect_uris":[1,null,{}],"client_name":{"a":1},"scope":7}'],
    ['plain text', 'text/plain', 'hello'],
    ['XML', 'application/xml', '<a/>'],
    ['nothing', 'application/x-www-form-urlencoded', ''],
    ['no content type', '', 'x=y'],
  ];

  it.each(endpoints.flatMap((endpoint) => bodies.map(([name, type, body]) => [endpoint, name, type, body] as const)))(
    '%s answers %s with a 4xx of its own shape',
    async (endpoint, _name, type, body) => {
      const before = await counts(server);
      const response = await fetch(`${server.issuer}/${endpoint}`, {
        method: 'POST',
        redirect: 'manual',
        body,
        headers: type ? { 'content-type': type } : {},
      });
      const acceptable =
        endpoint === 'logout' || endpoint === 'revoke' || endpoint === 'introspect'
          ? response.status < 500
          : response.status >= 400 && response.status < 500;
      expect([response.status, acceptable]).toEqual([response.status, true]);
      const text = await response.text();
      if (response.status >= 400 && response.headers.get('content-type')?.startsWith('application/json'))
        expect(JSON.parse(text)).toHaveProperty('error');
      expect(await counts(server)).toEqual(before);
    },
  );

  it('answers an unknown host with 421 and a known one as ever', async () => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request({ host: '127.0.0.1', port: server.config.port, path: '/oauth2/default/jwk', headers: { host: 'evil.example' } }, (answer) =>
        resolve(answer.statusCode),
      ).end();
    });
    expect(status).toBe(421);
  });

  it('has no other site', async () => {
    expect((await fetch(`${server.origin}/oauth2/other/jwk`)).status).toBe(404);
  });

  it('refuses metadata that is not what it should be, and writes nothing', async () => {
    const before = await counts(server);
    const base = { client_name: 'x', redirect_uris: [CALLBACK], application_type: 'private', scope: 'openid' };
    const bad = [
      { redirect_uris: ['javascript:alert(1)'] },
      { redirect_uris: ['https://a.example/#f'] },
      { redirect_uris: ['https://a.example/|x'] },
      { redirect_uris: ['http://a.example/'] },
      { redirect_uris: [] },
      { redirect_uris: 'https://a.example' },
      { client_name: 'a\0b' },
      { client_name: 'x'.repeat(81) },
      { scope: 'openid nonsense' },
      { scope: 7 },
      { grant_types: ['urn:nonsense'] },
      { token_endpoint_auth_method: 'nonsense' },
      { jwks: 'text' },
      { contacts: 'text' },
    ];
    for (const metadata of bad) {
      const answer = await postJson(`${server.issuer}/registration`, { ...base, ...metadata });
      expect([metadata, answer.status]).toEqual([metadata, 400]);
      expect(['invalid_client_metadata', 'invalid_redirect_uri', 'invalid_scope']).toContain(answer.body.error);
    }
    expect(await counts(server)).toEqual(before);
  });

  it('introspects as the table of the community says', async () => {
    const tokens = await client.tokens();
    const other = await approvedClient(server);
    expect((await other.introspect(tokens.access_token)).body).toEqual({ active: false, status: 'invalid' });
    expect((await client.introspect(tokens.access_token, { client_secret: 'wrong' })).body).toEqual({ active: false, status: 'invalid' });
    expect((await client.introspect('nonsense')).body).toEqual({ active: false, status: 'invalid' });
    const forged = `${tokens.access_token.slice(0, -6)}AAAAAA`;
    expect((await client.introspect(forged)).status).toBe(400);
    expect((await postForm(`${server.issuer}/introspect`, { token: tokens.access_token }, client.basic)).body['active']).toBe(true);
    server.clock.advance(3601);
    expect((await client.introspect(tokens.access_token)).body).toMatchObject({
      active: false,
      status: 'expired',
      client_id: client.clientId,
    });
  });
});

async function counts(server: TestServer): Promise<Record<string, number>> {
  const tables = [
    'oauth_clients',
    'api_token',
    'api_refresh_token',
    'oauth_trusted_user',
    'oauth2_grant',
    'oauth2_authorization_code',
    'oauth2_session',
  ];
  const entries = await Promise.all(
    tables.map(async (table) => {
      const [row] = await server.database.query<Array<{ n: unknown }>>(`SELECT count(*) AS n FROM ${table}`);
      return [table, Number(row?.n)] as const;
    }),
  );
  return Object.fromEntries(entries);
}
