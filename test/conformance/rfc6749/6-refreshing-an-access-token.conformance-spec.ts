import { approvedClient, type OAuthClient, publicClient, type Tokens } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const GRANTED = 'openid profile offline_access api:oemr';

describe('RFC 6749 §6 Refreshing an Access Token', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const grant = (): Promise<Tokens> => visitor.tokens(client, { scope: GRANTED });
  const scopeOf = (body: Record<string, unknown>): string[] => String(body['scope']).split(' ').sort();

  it('issues a new access token that works', async () => {
    const { body } = await client.refresh((await grant()).refresh_token);
    expect((await client.userinfo(String(body['access_token']))).status).toBe(200);
  });

  it('grants the scope of before when none is asked for', async () => {
    const { body } = await client.refresh((await grant()).refresh_token);
    expect(scopeOf(body)).toEqual(GRANTED.split(' ').sort());
  });

  it('grants less when less is asked for', async () => {
    const { body } = await client.refresh((await grant()).refresh_token, { scope: 'openid offline_access' });
    expect(scopeOf(body)).toEqual(['offline_access', 'openid']);
    expect((await client.introspect(String(body['access_token']))).body['scope']).toBe('openid offline_access');
  });

  it.each(['email', 'openid user/Patient.read', 'OPENID', 'nonsense'])(
    'refuses scope %s, which was not granted, and leaves the token good',
    async (scope) => {
      const { refresh_token: refreshToken } = await grant();
      expect(await client.refresh(refreshToken, { scope })).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
      expect((await client.refresh(refreshToken)).status).toBe(200);
    },
  );

  it('gives the new refresh token the scope of the old one, though less was asked for the access token', async () => {
    const narrowed = await client.refresh((await grant()).refresh_token, { scope: 'openid' });
    const { body } = await client.refresh(String(narrowed.body['refresh_token']));
    expect(scopeOf(body)).toEqual(GRANTED.split(' ').sort());
  });

  it('demands authentication of a confidential client', async () => {
    const { refresh_token: refreshToken } = await grant();
    expect(await client.refresh(refreshToken, { client_secret: undefined })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect(await client.refresh(refreshToken, { client_secret: 'wrong' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  it('refuses a refresh token to any other client, and leaves it good for its own', async () => {
    const { refresh_token: refreshToken } = await grant();
    for (const other of [await approvedClient(server), await publicClient(server)]) {
      expect(await other.refresh(refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    }
    expect((await client.refresh(refreshToken)).status).toBe(200);
  });

  it.each([
    ['text that is none', () => 'def50200abcdef'],
    ['an access token', (tokens: Tokens) => tokens.access_token],
    ['an ID token', (tokens: Tokens) => tokens.id_token],
    [
      'a refresh token with a letter changed',
      ({ refresh_token: token = '' }: Tokens) => `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`,
    ],
  ])('refuses %s', async (_, presented) => {
    expect(await client.refresh(presented(await grant()))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('refuses a refresh token that has expired', async () => {
    const { refresh_token: refreshToken } = await grant();
    server.clock.advance(server.config.refreshTokenLifetime + 1);
    expect(await client.refresh(refreshToken)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(server.logs.refusals().at(-1)?.detail).toMatch(/expired/);
  });

  it('refuses a refresh token of a person who was disabled since', async () => {
    const { refresh_token: refreshToken } = await grant();
    await server.database.query("UPDATE users SET active = 0 WHERE username = 'clinician'");
    const answer = await client.refresh(refreshToken);
    await server.database.query("UPDATE users SET active = 1 WHERE username = 'clinician'");
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
