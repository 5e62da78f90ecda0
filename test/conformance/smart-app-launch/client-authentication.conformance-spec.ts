import { approvedClient, type JsonAnswer, type OAuthClient } from '../../support/oauth-client.js';
import { type AssertionOptions, presenting, SigningKey } from '../../support/signing-key.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const SCOPE = 'openid offline_access';

describe('SMART App Launch 2.2, Client Authentication', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];
  const codeFor = async (app: OAuthClient): Promise<string | null> => (await app.authorize({ scope: SCOPE })).get('code');

  describe('Symmetric (client secret)', () => {
    const bare = { client_id: undefined, client_secret: undefined };

    it('SHALL support HTTP Basic with client_id and secret', async () => {
      const app = await approvedClient(server, { scope: SCOPE, token_endpoint_auth_method: 'client_secret_basic' });
      expect((await app.exchange(await codeFor(app), bare, app.basic)).status).toBe(200);
    });

    it('refuses a wrong secret and a missing one, and names the scheme', async () => {
      const app = await approvedClient(server, { scope: SCOPE });
      const wrong = { authorization: `Basic ${Buffer.from(`${app.clientId}:wrong`).toString('base64')}` };
      const answer = await app.exchange(await codeFor(app), bare, wrong);
      expect([...outcome(answer), answer.headers.get('www-authenticate')]).toEqual([
        401,
        'invalid_client',
        expect.stringMatching(/^Basic /),
      ]);
      expect((await app.exchange(await codeFor(app), { client_secret: undefined })).status).toBe(401);
    });
  });

  describe('Asymmetric (public key)', () => {
    const keys: Record<string, SigningKey> = {};
    let app: OAuthClient;

    beforeAll(async () => {
      for (const algorithm of ['RS384', 'ES384']) keys[algorithm] = await SigningKey.make(algorithm);
      app = await approvedClient(server, {
        ...{ scope: SCOPE, token_endpoint_auth_method: 'private_key_jwt' },
        jwks: { keys: Object.values(keys).map(({ jwk }) => jwk) },
      });
    });

    const assertion = (options: AssertionOptions = {}, algorithm = 'ES384', audience = `${server.issuer}/token`): Promise<string> =>
      keys[algorithm]?.assertion(app.clientId, audience, server.clock.now(), options) ?? Promise.reject(new Error(algorithm));
    const exchange = async (signed: string): Promise<JsonAnswer> =>
      app.exchange(await codeFor(app), { client_secret: undefined, ...presenting(signed) });

    it.each(['RS384', 'ES384'])('SHALL support %s, with several keys of which kid names one', async (algorithm) => {
      expect((await exchange(await assertion({}, algorithm))).status).toBe(200);
    });

    it('takes it at a refresh, too, without client_id beside it', async () => {
      const { body } = await exchange(await assertion());
      const proof = { client_id: undefined, client_secret: undefined, ...presenting(await assertion()) };
      expect((await app.refresh(String(body['refresh_token']), proof)).status).toBe(200);
    });

    it('SHALL take a jti once', async () => {
      const signed = await assertion();
      expect((await exchange(signed)).status).toBe(200);
      expect(outcome(await exchange(signed))).toEqual([401, 'invalid_client']);
    });

    const now = (): number => Math.floor(server.clock.now().getTime() / 1000);
    it.each<[string, () => AssertionOptions]>([
      ['that has expired', () => ({ claims: { exp: now() - 120 } })],
      ['that is good for more than five minutes', () => ({ claims: { exp: now() + 900 } })],
      ['without exp', () => ({ claims: { exp: undefined } })],
      ['without jti', () => ({ claims: { jti: undefined } })],
      ['of another issuer', () => ({ claims: { iss: 'somebody else' } })],
      ['about another client', () => ({ claims: { sub: 'somebody else' } })],
      ['for another server', () => ({ claims: { aud: 'https://other.example/token' } })],
      ['with a kid that is not registered', () => ({ header: { kid: 'another' } })],
    ])('SHALL refuse an assertion %s', async (_what, options) => {
      expect(outcome(await exchange(await assertion(options())))).toEqual([401, 'invalid_client']);
    });

    it('SHALL verify the signature by the registered keys', async () => {
      const stranger = await SigningKey.make('ES384');
      expect(outcome(await exchange(await stranger.assertion(app.clientId, `${server.issuer}/token`, server.clock.now())))).toEqual([
        401,
        'invalid_client',
      ]);
    });

    it('takes no secret in its place', async () => {
      expect(outcome(await app.exchange(await codeFor(app), { client_secret: 'guess' }))).toEqual([401, 'invalid_client']);
    });
  });
});
