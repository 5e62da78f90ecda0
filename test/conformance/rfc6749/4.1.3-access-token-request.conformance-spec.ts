import { approvedClient, CALLBACK, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §4.1.3 Access Token Request', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { redirect_uris: [CALLBACK, `${CALLBACK}/2`] });
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it('gives tokens for a valid code, redirect_uri and authenticated client', async () => {
    expect((await client.exchange(await visitor.code(client))).status).toBe(200);
  });

  it('gives them for Basic authentication alike', async () => {
    const answer = await client.exchange(await visitor.code(client), { client_id: undefined, client_secret: undefined }, client.basic);
    expect(answer.status).toBe(200);
  });

  it('demands the code', async () => {
    expect(await client.exchange(null)).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it.each(['unknown', 'x'.repeat(4000), 'é', "' OR 1=1 --"])('refuses a code that was never issued: %.20s', async (code) => {
    expect(await client.exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('demands redirect_uri again when the authorization request had it', async () => {
    const answer = await client.exchange(await visitor.code(client), { redirect_uri: undefined });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(answer.body.error_description).toContain('redirect_uri is missing');
  });

  it.each(['https://app.example/callback/2', 'https://app.example/callback/', 'https://evil.example/callback'])(
    'demands the identical redirect_uri, and refuses %s',
    async (redirectUri) => {
      const answer = await client.exchange(await visitor.code(client), { redirect_uri: redirectUri });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
      expect(answer.body.error_description).toContain('redirect_uri differs');
    },
  );

  it('lets redirect_uri be left out on both ends', async () => {
    const single = await approvedClient(server);
    const code = await visitor.code(single, { redirect_uri: undefined });
    expect((await single.exchange(code, { redirect_uri: undefined })).status).toBe(200);
  });

  it('refuses another redirect_uri where the authorization request had none', async () => {
    const single = await approvedClient(server);
    const code = await visitor.code(single, { redirect_uri: undefined });
    expect((await single.exchange(code, { redirect_uri: 'https://evil.example/' })).body.error).toBe('invalid_grant');
  });

  it('authenticates the client before it looks at the code', async () => {
    const code = await visitor.code(client);
    expect(await client.exchange(code, { client_secret: 'wrong' })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await client.exchange(code)).status).toBe(200);
  });

  it('ensures that the code was issued to the client that presents it', async () => {
    const other = await approvedClient(server);
    const answer = await other.exchange(await visitor.code(client), { code_verifier: client.verifier });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('does not take a code of a person who was disabled since', async () => {
    const code = await visitor.code(client);
    await server.database.query("UPDATE users SET active = 0 WHERE username = 'clinician'");
    const answer = await client.exchange(code);
    await server.database.query("UPDATE users SET active = 1 WHERE username = 'clinician'");
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});
