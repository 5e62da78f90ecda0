import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { approvedClient, decodeJwt, type OAuthClient, type Tokens } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 9068 §2 JWT Access Token', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let tokens: Tokens;
  let claims: JWTPayload;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
    tokens = await visitor.tokens(client);
    claims = decodeJwt(tokens.access_token).claims;
  });

  afterAll(() => server.stop());

  it('§2.1 says what it is, and which key signed it', () => {
    expect(decodeJwt(tokens.access_token).header).toEqual({ typ: 'at+jwt', alg: 'RS256', kid: expect.any(String) });
  });

  it('§2.1, §4 is verified by a library with the published key', async () => {
    const keys = createRemoteJWKSet(new URL(`${server.issuer}/jwk`));
    const { payload } = await jwtVerify(tokens.access_token, keys, {
      issuer: server.issuer,
      audience: client.clientId,
      typ: 'at+jwt',
      algorithms: ['RS256'],
    });
    expect(payload.sub).toBe(CLINICIAN.subject);
  });

  it('§2.2 holds every claim that is required', () => {
    expect(claims).toMatchObject({
      iss: server.issuer,
      exp: expect.any(Number),
      aud: client.clientId,
      sub: CLINICIAN.subject,
      client_id: client.clientId,
      iat: expect.any(Number),
      jti: expect.any(String),
    });
  });

  it('§2.2 has whole seconds for times, none of them ahead', () => {
    const now = server.clock.now().getTime() / 1000;
    for (const name of ['iat', 'nbf', 'exp'] as const) expect(Number.isInteger(claims[name])).toBe(true);
    expect(Number(claims.iat)).toBeLessThanOrEqual(now);
    expect(Number(claims.nbf)).toBeLessThanOrEqual(now);
    expect(Number(claims.exp) - Number(claims.iat)).toBe(tokens.expires_in);
  });

  it('§2.2 has another jti each time', async () => {
    expect(decodeJwt((await visitor.tokens(client)).access_token).claims['jti']).not.toBe(claims.jti);
  });

  it('§2.2.1 says when and how the person proved who they are', () => {
    expect(claims).toMatchObject({ auth_time: expect.any(Number), acr: '1', amr: ['pwd'] });
    expect(Number(claims['auth_time'])).toBeLessThanOrEqual(Number(claims.iat));
  });

  it('§2.2.1 keeps that over a refresh', async () => {
    server.clock.advance(100);
    const { body } = await client.refresh(tokens.refresh_token);
    const refreshed = decodeJwt(String(body['access_token'])).claims;
    expect(refreshed['auth_time']).toBe(claims['auth_time']);
    expect([refreshed['acr'], refreshed['amr']]).toEqual([claims['acr'], claims['amr']]);
    expect(Number(refreshed['iat'])).toBeGreaterThan(Number(claims.iat));
  });

  it('§2.2.3 holds the granted scope', () => {
    expect(claims['scope']).toBe(tokens.scope);
    expect(claims['scopes']).toEqual(expect.arrayContaining(tokens.scope.split(' ')));
  });

  it('§2.2 names a patient by their own subject', async () => {
    const issued = await new Visitor(server, PATIENT).tokens(client, { scope: 'openid profile' });
    expect(decodeJwt(issued.access_token).claims['sub']).toBe(PATIENT.subject);
  });

  it('§5, §6 tells nothing about the person but the subject', () => {
    expect(JSON.stringify(claims)).not.toMatch(/clara|clinician@|example\.org/i);
  });
});
