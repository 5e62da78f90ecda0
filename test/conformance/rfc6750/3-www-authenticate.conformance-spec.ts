import { approvedClient, type JsonAnswer, type OAuthClient, type Tokens } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const unsigned = (token: string): string => {
  const [, claims = ''] = token.split('.');
  return `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${claims}.`;
};
const withClaim = (token: string, name: string, value: unknown): string => {
  const [header = '', claims = '', signature = ''] = token.split('.');
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as object), [name]: value };
  return `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}`;
};

describe('RFC 6750 §3 The WWW-Authenticate Response Header Field', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let tokens: Tokens;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
    tokens = await visitor.tokens(client);
  });

  afterAll(() => server.stop());

  const challengeOf = (answer: JsonAnswer): string => answer.headers.get('www-authenticate') ?? '';

  it('§3, §3.1 challenges a request without token, and names no error', async () => {
    const answer = await fetch(`${server.issuer}/userinfo`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="/);
    expect(answer.headers.get('www-authenticate')).not.toContain('error');
    expect(await answer.text()).toBe('');
  });

  it.each<[string, (issued: Tokens) => string | undefined]>([
    ['text that is no token', () => 'nonsense'],
    ['three empty parts', () => '..'],
    ['a token without signature (alg none)', ({ access_token: token }) => unsigned(token)],
    ['a token with a changed claim', ({ access_token: token }) => withClaim(token, 'sub', '9a1b0000-0001-4000-8000-000000000101')],
    ['a token with a cut signature', ({ access_token: token }) => token.slice(0, -8)],
    ['an ID token, though the same key signed it', ({ id_token: token }) => token],
    ['a refresh token', ({ refresh_token: token }) => token],
  ])('§3.1 says invalid_token, with 401, to %s', async (_, presented) => {
    const answer = await client.userinfo(presented(tokens) ?? 'none');
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(challengeOf(answer)).toMatch(/^Bearer realm="[^"]+", error="invalid_token", error_description="[^"\\]+"/);
  });

  it('§3.1 says invalid_token when the token has expired', async () => {
    const { access_token: token } = await visitor.tokens(client);
    server.clock.advance(server.config.accessTokenLifetime + 1);
    const answer = await client.userinfo(token);
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(answer.body.error_description).toMatch(/expired/);
  });

  it('§3.1 says invalid_token when the token was revoked', async () => {
    const { access_token: token } = await visitor.tokens(client);
    await client.revoke(token);
    expect(await client.userinfo(token)).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(server.logs.refusals().at(-1)?.detail).toMatch(/revoked/);
  });

  it('§3.1 says invalid_token when the person has gone', async () => {
    const { access_token: token } = await visitor.tokens(client);
    await server.database.query("UPDATE users SET active = 0 WHERE username = 'clinician'");
    const answer = await client.userinfo(token);
    await server.database.query("UPDATE users SET active = 1 WHERE username = 'clinician'");
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  });

  it('§3.1 says insufficient_scope, with 403, to a token that is good for other things', async () => {
    const { access_token: token } = await visitor.tokens(client, { scope: 'api:oemr user/Patient.read' });
    const answer = await client.userinfo(token);
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });
    expect(challengeOf(answer)).toContain('error="insufficient_scope"');
    expect(answer.body.error_description).toContain('openid');
  });
});
