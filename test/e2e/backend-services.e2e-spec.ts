import { join } from 'node:path';
import { backendService, type BackendService, SERVICE_SCOPE } from '../support/backend-service.js';
import { askEhrApi } from '../support/ehr-api.js';
import { KeyHost } from '../support/key-host.js';
import { approvedClient, CALLBACK, decodeJwt, type JsonAnswer, postForm } from '../support/oauth-client.js';
import { setGlobal } from '../support/set-global.js';
import { presenting, SigningKey } from '../support/signing-key.js';
import { startServer, type TestServer } from '../support/start-server.js';

type Row = Record<string, unknown>;

describe('Back-end services', () => {
  let server: TestServer;
  let service: BackendService;
  let host: KeyHost;

  beforeAll(async () => {
    [server, host] = [await startServer(), await KeyHost.start()];
    service = await backendService(server);
  });
  afterAll(async () => {
    await server.stop();
    await host.stop();
  });

  const query = (sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query<Row[]>(sql, values);
  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];
  const lastDetail = (): string => server.logs.refusals().at(-1)?.detail ?? '';
  const hosted = async (): Promise<BackendService> => backendService(server, { metadata: { jwks_uri: `${host.origin}/${Math.random()}` } });

  it('get a token that the API of the EHR takes for a program', async () => {
    const { status, body } = await service.ask();
    expect([status, body]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'Bearer', expires_in: 300, scope: SERVICE_SCOPE },
    ]);
    const { claims } = decodeJwt(String(body['access_token']));
    const [account] = await query("SELECT id, uuid FROM users WHERE username = 'oe-system'");
    expect(claims).toMatchObject({
      aud: service.clientId,
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      exp: Number(claims['iat']) + 300,
    });
    expect(claims['sub']).toBe(
      (account?.['uuid'] as Buffer).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    );
    for (const name of ['auth_time', 'acr', 'amr']) expect(claims).not.toHaveProperty(name);
    const siteDir = server.config.ehrSiteDir ?? join(server.config.dataDir, 'embedded-site');
    const facts = { siteDir, timeZone: 'UTC', now: server.clock.now() };
    expect(await askEhrApi(query, String(body['access_token']), facts)).toEqual({ accepted: true, role: 'system' });
  });

  it('are on record as the EHR records them', async () => {
    const { body } = await service.ask({ scope: 'system/Patient.rs' });
    const { claims } = decodeJwt(String(body['access_token']));
    const [trust, ...others] = await query('SELECT * FROM oauth_trusted_user WHERE client_id = ?', [service.clientId]);
    expect(others).toEqual([]);
    expect(trust).toMatchObject({
      user_id: claims['sub'],
      scope: 'system/Patient.rs',
      persist_login: 0,
      code: null,
      session_cache: '{"site_id":"default"}',
      grant_type: 'client_credentials',
    });
    const [token] = await query('SELECT * FROM api_token WHERE token = ?', [claims['jti']]);
    expect(token).toMatchObject({
      client_id: service.clientId,
      user_id: claims['sub'],
      scope: '["system/Patient.rs"]',
      context: '[]',
      revoked: 0,
    });
    expect(await query('SELECT id FROM api_refresh_token WHERE client_id = ?', [service.clientId])).toEqual([]);
    const lines = await query("SELECT user, success, comments FROM log WHERE event = 'oauth2' ORDER BY id DESC LIMIT 1");
    expect(lines[0]).toMatchObject({ user: 'oe-system', success: 1 });
    expect(Buffer.from(String(lines[0]?.['comments']), 'base64').toString()).toContain(
      `client ${service.clientId} received an access token (client_credentials): system/Patient.rs`,
    );
  });

  it('can ask about their tokens and give them back, with the same proof', async () => {
    const token = (await service.ask()).body['access_token'];
    expect(await service.introspect(token)).toMatchObject({
      status: 200,
      body: { active: true, client_id: service.clientId, scope: SERVICE_SCOPE },
    });
    expect((await service.about('revoke', token)).status).toBe(200);
    expect((await service.introspect(token)).body).toMatchObject({ active: false, status: 'revoked' });
  });

  it('may ask many times at once, for the same and for other scopes', async () => {
    const busy = await backendService(server);
    const asked = Array.from({ length: 24 }, (_, n) => (n % 3 ? SERVICE_SCOPE : 'system/Patient.rs'));
    const answers = await Promise.all(asked.map((scope) => busy.ask({ scope })));
    expect(answers.map(({ body }) => body['scope'])).toEqual(asked);
    await busy.ask();
    const trusted = await query('SELECT scope, session_cache FROM oauth_trusted_user WHERE client_id = ?', [busy.clientId]);
    expect(trusted.length).toBeGreaterThan(0);
    for (const row of trusted) expect(row).toEqual({ scope: SERVICE_SCOPE, session_cache: '{"site_id":"default"}' });
  });

  it.each(['RS256', 'RS384', 'PS256', 'PS384', 'ES256', 'EdDSA'])('may sign with %s', async (algorithm) => {
    const other = await backendService(server, { algorithm });
    expect(await other.ask()).toMatchObject({ status: 200, body: { scope: SERVICE_SCOPE } });
  });

  it('get system scopes alone, of those they are registered for', async () => {
    const mixed = await backendService(server, { metadata: { scope: `openid offline_access user/Patient.rs ${SERVICE_SCOPE}` } });
    const { body } = await mixed.ask({ scope: 'openid offline_access user/Patient.rs system/Patient.rs system/Encounter.rs' });
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
    expect(body['scope']).toBe('system/Patient.rs');
    expect(outcome(await mixed.ask({ scope: 'openid user/Patient.rs' }))).toEqual([400, 'invalid_scope']);
    expect(outcome(await mixed.ask({ scope: 'system/Encounter.rs' }))).toEqual([400, 'invalid_scope']);
    expect(outcome(await mixed.ask({ scope: undefined }))).toEqual([400, 'invalid_scope']);
  });

  it('are nothing while the EHR has no system scopes', async () => {
    await setGlobal(server, 'rest_system_scopes_api', '0');
    expect(outcome(await service.ask())).toEqual([400, 'unsupported_grant_type']);
    await setGlobal(server, 'rest_system_scopes_api', '1');
    expect(outcome(await service.ask())).toEqual([200, undefined]);
  });

  it('wait for an administrator', async () => {
    const waiting = await backendService(server, { isApproved: false });
    expect(outcome(await waiting.ask())).toEqual([400, 'unauthorized_client']);
  });

  it('prove themselves by nothing but a signature, whatever switch is on', async () => {
    const key = await SigningKey.make('ES384');
    const both = await approvedClient(server, {
      scope: SERVICE_SCOPE,
      grant_types: ['authorization_code', 'client_credentials'],
      jwks: { keys: [key.jwk] },
    });
    for (const name of ['token-without-secret', 'unregistered-grants']) {
      await query('INSERT INTO oauth2_client_compatibility (client_id, switch, allowed_at) VALUES (?, ?, 0)', [both.clientId, name]);
    }
    server.clock.advance(6);
    const ask = (fields: Record<string, string>): Promise<JsonAnswer> =>
      postForm(`${server.issuer}/token`, { grant_type: 'client_credentials', scope: SERVICE_SCOPE, ...fields });
    expect(await ask(both.credentials)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request', error_description: expect.stringContaining('client_assertion') },
    });
    expect(outcome(await ask({ client_id: both.clientId }))).toEqual([401, 'invalid_client']);
    const assertion = await key.assertion(both.clientId, server.issuer, server.clock.now());
    expect(outcome(await ask({ ...both.credentials, ...presenting(assertion) }))).toEqual([400, 'invalid_request']);
    expect(outcome(await ask(presenting(assertion)))).toEqual([200, undefined]);
  });

  it('need a registration for the grant', async () => {
    const app = await backendService(server, { metadata: { grant_types: ['authorization_code'], redirect_uris: [CALLBACK] } });
    expect(outcome(await app.ask())).toEqual([400, 'unauthorized_client']);
  });

  it('get the account oe-system its uuid, and say so when the EHR lacks it', async () => {
    await query("UPDATE users SET uuid = NULL WHERE username = 'oe-system'");
    const answers = [(await service.ask()).body, (await service.ask()).body].map(
      (body) => decodeJwt(String(body['access_token'])).claims['sub'],
    );
    expect(answers[0]).toBe(answers[1]);
    await query("UPDATE users SET username = 'oe-system-x' WHERE username = 'oe-system'");
    server.clock.advance(6); // the account is known for five seconds
    expect(outcome(await service.ask())).toEqual([500, 'server_error']);
    expect(lastDetail()).toBe('the EHR has no account oe-system');
    await query("UPDATE users SET username = 'oe-system' WHERE username = 'oe-system-x'");
  });

  it('prove themselves in the code flow as well, at every endpoint', async () => {
    const key = await SigningKey.make('RS384');
    const scope = 'openid offline_access user/Patient.read';
    const app = await approvedClient(server, { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] }, scope });
    const proof = async (): Promise<Record<string, string>> =>
      presenting(await key.assertion(app.clientId, `${server.issuer}/token`, server.clock.now()));
    const code = (await app.authorize({ scope })).get('code');
    expect(outcome(await app.exchange(code))).toEqual([401, 'invalid_client']); // its name alone proves nothing
    const first = await app.exchange(code, await proof());
    expect(first).toMatchObject({ status: 200, body: { refresh_token: expect.any(String), id_token: expect.any(String) } });
    const second = await app.refresh(String(first.body['refresh_token']), await proof());
    expect(second.status).toBe(200);
    const token = String(second.body['access_token']);
    expect((await app.introspect(token, await proof())).body['active']).toBe(true);
    expect((await app.introspect(token)).body['active']).toBe(false);
    expect((await app.revoke(token, await proof())).status).toBe(200);
  });

  describe('with keys at an address', () => {
    it('are proven by them, and by a new one as soon as it is published', async () => {
      const app = await hosted();
      host.publish([app.key.jwk], { 'cache-control': 'max-age=3600' });
      expect(outcome(await app.ask())).toEqual([200, undefined]);
      const next = await SigningKey.make('RS384', 'next');
      host.publish([app.key.jwk, next.jwk], { 'cache-control': 'max-age=3600' });
      expect(outcome(await app.ask({}, await app.assertion({}, next)))).toEqual([401, 'invalid_client']); // once a minute
      server.clock.advance(60);
      expect(outcome(await app.ask({}, await app.assertion({}, next)))).toEqual([200, undefined]);
    });

    it.each<[string, Parameters<KeyHost['answer']>[0], string]>([
      ['redirects', (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end(), 'answered 302'],
      ['is huge', (_request, response) => response.end(Buffer.alloc(300_000, 32)), 'is larger than 262144 bytes'],
      ['answers with a page', (_request, response) => response.end('<html></html>'), 'is not a key set'],
      ['fails', (_request, response) => response.writeHead(500).end(), 'answered 500'],
    ])('are refused when the address %s', async (_what, handler, detail) => {
      const app = await hosted();
      host.answer(handler);
      expect(outcome(await app.ask())).toEqual([401, 'invalid_client']);
      expect(lastDetail()).toContain(detail);
    });

    it('are refused when the address is not public', async () => {
      const app = await backendService(server, { metadata: { jwks_uri: 'https://169.254.169.254/latest/meta-data' } });
      expect(outcome(await app.ask())).toEqual([401, 'invalid_client']);
      expect(lastDetail()).toContain('not public');
    });
  });

  it('are let in once by an assertion, over two replicas that are asked at once', async () => {
    const other = await server.replica();
    const there = `${server.issuer.replace(server.origin, `http://localhost:${other.config.port}`)}/token`;
    for (let round = 0; round < 3; round += 1) {
      const assertion = await service.assertion();
      const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => service.ask({}, assertion, n % 2 ? there : undefined)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 401)]);
    }
    expect(other.logs.refusals().at(-1)?.detail).toContain('was used before'); // the newest server logs for all of the process
  });
});
