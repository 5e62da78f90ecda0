import { createHash } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { approvedClient, decodeJwt, type JsonAnswer, type OAuthClient } from '../../support/oauth-client.js';
import { CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §3.1.3 Token Endpoint', () => {
  let server: TestServer;
  let client: OAuthClient;
  let answer: JsonAnswer;
  let idToken: string;
  let keys: ReturnType<typeof createRemoteJWKSet>;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    answer = await client.exchange(await new Visitor(server).code(client, { nonce: 'one time' }));
    idToken = String(answer.body['id_token']);
    keys = createRemoteJWKSet(new URL(`${server.issuer}/jwk`));
  });

  afterAll(() => server.stop());

  const verify = (token: string, audience = client.clientId, issuer = server.issuer) =>
    jwtVerify(token, keys, { audience, issuer, algorithms: ['RS256'], currentDate: server.clock.now() });

  it('§3.1.3.3 holds an ID token beside a Bearer token', () => {
    expect(answer).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', access_token: expect.any(String), id_token: expect.any(String) },
    });
  });

  it('§3.1.3.3 is JSON that nobody keeps', () => {
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual([expect.stringContaining('no-store'), 'no-cache']);
  });

  it('§3.1.3.4 answers errors as OAuth does', async () => {
    expect(await client.exchange('unknown')).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('§3.1.3.6 binds the access token: at_hash is the left half of its SHA-256', () => {
    const digest = createHash('sha256').update(String(answer.body['access_token'])).digest();
    expect(decodeJwt(idToken).claims['at_hash']).toBe(digest.subarray(0, 16).toString('base64url'));
  });

  it('§3.1.3.7 passes every check of a client: signature, issuer, audience, algorithm, end', async () => {
    const { payload, protectedHeader } = await verify(idToken);
    expect(payload).toMatchObject({ sub: CLINICIAN.subject, nonce: 'one time' });
    expect(protectedHeader.alg).toBe('RS256');
  });

  it('§3.1.3.7 has one audience, so that it needs no azp; if there is one, it is the client', () => {
    const { aud, azp } = decodeJwt(idToken).claims;
    expect([aud].flat()).toEqual([client.clientId]);
    expect(azp ?? client.clientId).toBe(client.clientId);
  });

  it('§3.1.3.7 does not pass for another client, another issuer, or when it is tampered with', async () => {
    const [header, , signature] = idToken.split('.');
    const changed = Buffer.from(JSON.stringify({ ...decodeJwt(idToken).claims, sub: 'somebody else' })).toString('base64url');
    await expect(verify(idToken, 'somebody else')).rejects.toThrow(/aud/);
    await expect(verify(idToken, client.clientId, 'https://evil.example')).rejects.toThrow(/iss/);
    await expect(verify(`${header}.${changed}.${signature}`)).rejects.toThrow(/signature/);
  });

  it('§3.1.3.8 lets an access token be checked against the ID token, and tells one from the other', async () => {
    expect((await verify(String(answer.body['access_token']))).protectedHeader.typ).toBe('at+jwt');
    expect((await verify(idToken)).protectedHeader.typ).not.toBe('at+jwt');
  });

  it('§2 grants no claims about the person to a client that asked for openid alone', async () => {
    const tokens = await new Visitor(server).tokens(client, { scope: 'openid' });
    const { claims } = decodeJwt(tokens.id_token ?? '');
    for (const name of ['name', 'given_name', 'email', 'phone_number', 'address', 'birthdate']) expect(claims).not.toHaveProperty(name);
  });

  it('§16.11 the same code gives no second ID token', async () => {
    const code = await new Visitor(server).code(client);
    await client.exchange(code);
    expect((await client.exchange(code)).body).not.toHaveProperty('id_token');
  });
});
