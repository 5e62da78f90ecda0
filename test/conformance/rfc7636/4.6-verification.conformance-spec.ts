import { createHash, randomBytes } from 'node:crypto';
import { approvedClient, type OAuthClient, publicClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

describe('RFC 7636 §4.6 Server Verifies code_verifier before Returning the Tokens', () => {
  let server: TestServer;
  let client: OAuthClient;
  let app: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    app = await publicClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const codeFor = (of: OAuthClient, verifier: string): Promise<string> =>
    visitor.code(of, { scope: 'openid', code_challenge: challengeOf(verifier) });

  it.each([
    ['43 characters', 'a'.repeat(43)],
    ['128 characters', 'b'.repeat(128)],
    ['every character that is allowed', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'],
  ])('§4.1 takes a verifier of %s', async (_, verifier) => {
    expect((await app.exchange(await codeFor(app, verifier), { code_verifier: verifier })).status).toBe(200);
  });

  it('computes the example of appendix B', async () => {
    const code = await visitor.code(app, { scope: 'openid', code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM' });
    expect((await app.exchange(code, { code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' })).status).toBe(200);
  });

  it.each(['public', 'confidential'])('says invalid_grant to a %s client for another verifier', async (kind) => {
    const of = kind === 'public' ? app : client;
    const answer = await of.exchange(await codeFor(of, of.verifier), { code_verifier: randomBytes(32).toString('base64url') });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(answer.body.error_description).toContain('code_verifier');
  });

  it('does not take the challenge itself for the verifier', async () => {
    const challenge = challengeOf(app.verifier);
    const answer = await app.exchange(await codeFor(app, app.verifier), { code_verifier: challenge });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each(['public', 'confidential'])('demands a verifier of a %s client that sent a challenge', async (kind) => {
    const of = kind === 'public' ? app : client;
    const answer = await of.exchange(await codeFor(of, of.verifier), { code_verifier: undefined });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request', error_description: 'code_verifier is missing' } });
  });

  it.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['a character that is not allowed', `${'a'.repeat(42)}+`],
    ['a blank', `${'a'.repeat(42)} `],
    ['letters beyond ASCII', `${'a'.repeat(43)}é`],
  ])('§4.1 refuses a verifier of %s', async (_, verifier) => {
    const answer = await app.exchange(await codeFor(app, verifier), { code_verifier: verifier });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('issues nothing after a wrong verifier', async () => {
    const [before] = await server.database.query<Array<{ n: unknown }>>('SELECT count(*) AS n FROM api_token');
    await app.exchange(await codeFor(app, app.verifier), { code_verifier: 'x'.repeat(43) });
    const [after] = await server.database.query<Array<{ n: unknown }>>('SELECT count(*) AS n FROM api_token');
    expect(Number(after?.n)).toBe(Number(before?.n));
  });
});
