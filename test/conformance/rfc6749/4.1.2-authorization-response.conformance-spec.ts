import { allow, approvedClient, CALLBACK, callbackOf, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §4.1.2 Authorization Response', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const codes = async (): Promise<number> => {
    const [row] = await server.database.query<Array<{ n: unknown }>>('SELECT count(*) AS n FROM oauth2_authorization_code');
    return Number(row?.n);
  };

  it('brings the code in the query of the redirect', async () => {
    const { location } = await visitor.visit(client);
    expect(location?.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(location).not.toContain('#');
    expect(new URL(location ?? '').searchParams.get('code')).toMatch(/^[\x21-\x7e]+$/);
  });

  it.each([
    ['blanks and signs', 'a b+c%20&code=evil#x;/?:@'],
    ['letters beyond ASCII', 'é漢字🙂'],
    ['markup', `"><script>alert(1)</script>'`],
    ['line ends', 'one\r\nLocation: https://evil.example/'],
    ['two thousand characters', 's'.repeat(2000)],
  ])('repeats state exactly: %s', async (_, state) => {
    const answer = await visitor.answer(client, { state });
    expect(answer.getAll('state')).toEqual([state]);
    expect(answer.getAll('code')).toHaveLength(1);
  });

  it('sends no state where none came', async () => {
    expect((await visitor.answer(client, { state: undefined })).has('state')).toBe(false);
  });

  it('issues another code each time', async () => {
    expect(await visitor.code(client)).not.toBe(await visitor.code(client));
  });

  it('lets the code end after a minute, and says so', async () => {
    const code = await visitor.code(client);
    server.clock.advance(server.config.codeLifetime + 1);
    const answer = await client.exchange(code);
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(answer.body.error_description).toContain('expired');
  });

  it('takes the code until then', async () => {
    const code = await visitor.code(client);
    server.clock.advance(server.config.codeLifetime - 5);
    expect((await client.exchange(code)).status).toBe(200);
  });

  it('denies a second use of the code', async () => {
    const code = await visitor.code(client);
    expect((await client.exchange(code)).status).toBe(200);
    expect(await client.exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('revokes what a code has issued when it is used a second time', async () => {
    const code = await visitor.code(client);
    const { body } = await client.exchange(code);
    await client.exchange(code);
    expect((await client.introspect(String(body['access_token']))).body).toMatchObject({ active: false, status: 'revoked' });
    expect((await client.refresh(String(body['refresh_token']))).body.error).toBe('invalid_grant');
  });

  it('binds the code to the client', async () => {
    const other = await approvedClient(server);
    const answer = await other.exchange(await visitor.code(client), { code_verifier: client.verifier });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(server.logs.refusals().at(-1)?.detail).toMatch(/client/);
  });

  it('issues no second code when the page is sent again', async () => {
    const page = await visitor.arrive(client);
    callbackOf(await allow(visitor.browser, page));
    const before = await codes();
    const again = await allow(visitor.browser, page);
    expect([again.location, await codes()]).toEqual([null, before]);
  });
});
