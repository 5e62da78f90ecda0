import { backendService, type BackendService } from '../../support/backend-service.js';
import { approvedClient, decodeJwt, getJson, type JsonAnswer, postForm } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('SMART App Launch 2.2, Backend Services', () => {
  let server: TestServer;
  let service: BackendService;

  beforeAll(async () => {
    server = await startServer();
    service = await backendService(server);
  });
  afterAll(() => server.stop());

  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];

  describe('registration', () => {
    it('takes the public keys of a client by value and by address', async () => {
      for (const metadata of [{}, { jwks_uri: 'https://service.example/jwks.json' }]) {
        expect((await backendService(server, { metadata })).clientId).toMatch(/^.{43}$/);
      }
    });

    it('gives it no secret, and lets it wait for an administrator', async () => {
      const waiting = await backendService(server, { isApproved: false });
      expect(outcome(await waiting.ask())).toEqual([400, 'unauthorized_client']);
    });
  });

  describe('access token request', () => {
    it('answers a signed request for system scopes with a bearer token', async () => {
      const { status, headers, body } = await service.ask();
      expect(status).toBe(200);
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: expect.stringMatching(/^bearer$/i),
        expires_in: expect.any(Number),
        scope: 'system/Patient.rs system/Observation.rs',
      });
      expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    });

    it('gives tokens that end within five minutes', async () => {
      const { body } = await service.ask();
      const { claims } = decodeJwt(String(body['access_token']));
      expect(Number(body['expires_in'])).toBeLessThanOrEqual(300);
      expect(Number(claims['exp']) - Number(claims['iat'])).toBe(body['expires_in']);
    });

    it('gives no refresh token', async () => {
      expect((await service.ask({ scope: 'system/Patient.rs offline_access' })).body).not.toHaveProperty('refresh_token');
    });

    it('grants no more than the client is registered for, and says what it granted', async () => {
      const { body } = await service.ask({ scope: 'system/Patient.rs system/Encounter.rs' });
      expect(body['scope']).toBe('system/Patient.rs');
    });

    it('answers invalid_scope when nothing can be granted, and when nothing is asked for', async () => {
      expect(outcome(await service.ask({ scope: 'system/Encounter.rs' }))).toEqual([400, 'invalid_scope']);
      expect(outcome(await service.ask({ scope: undefined }))).toEqual([400, 'invalid_scope']);
    });

    it('takes no secret for an assertion', async () => {
      const secretive = await approvedClient(server);
      await server.database.query("UPDATE oauth_clients SET grant_types = 'client_credentials' WHERE client_id = ?", [secretive.clientId]);
      const answer = await postForm(`${server.issuer}/token`, {
        grant_type: 'client_credentials',
        scope: 'system/Patient.rs',
        ...secretive.credentials,
      });
      expect(outcome(answer)).toEqual([400, 'invalid_request']);
    });
  });

  describe('asymmetric client authentication', () => {
    it.each(['RS384', 'ES384'])('supports %s, and says so', async (algorithm) => {
      const other = await backendService(server, { algorithm });
      expect(outcome(await other.ask())).toEqual([200, undefined]);
      const metadata = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body;
      expect(metadata['token_endpoint_auth_methods_supported']).toContain('private_key_jwt');
      expect(metadata['token_endpoint_auth_signing_alg_values_supported']).toContain(algorithm);
      expect(metadata['grant_types_supported']).toContain('client_credentials');
    });

    it('refuses an exp of more than five minutes ahead', async () => {
      const exp = Math.floor(server.clock.now().getTime() / 1000) + 600;
      expect(outcome(await service.ask({}, await service.assertion({ claims: { exp } })))).toEqual([401, 'invalid_client']);
    });

    it('refuses an assertion without jti, and one whose jti was used', async () => {
      const assertion = await service.assertion();
      expect(outcome(await service.ask({}, await service.assertion({ claims: { jti: undefined } })))).toEqual([401, 'invalid_client']);
      expect(outcome(await service.ask({}, assertion))).toEqual([200, undefined]);
      expect(outcome(await service.ask({}, assertion))).toEqual([401, 'invalid_client']);
    });

    it('uses the key that kid names, and no other', async () => {
      expect(outcome(await service.ask({}, await service.assertion({ header: { kid: 'unknown' } })))).toEqual([401, 'invalid_client']);
    });
  });
});
