import { approvedClient, decodeJwt, type OAuthClient } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §2 ID Token', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let header: Record<string, unknown>;
  let claims: Record<string, unknown>;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
    ({ header, claims } = await idTokenOf({}));
  });

  afterAll(() => server.stop());

  const idTokenOf = async (more: Record<string, string | undefined>, of = visitor): Promise<ReturnType<typeof decodeJwt>> =>
    decodeJwt((await of.tokens(client, more)).id_token ?? '');

  it('is signed, by RS256 with a key that it names', () => {
    expect(header).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
  });

  it('has only what a header may tell: no key, no address of keys', () => {
    for (const name of ['jwk', 'jku', 'x5c', 'x5u']) expect(header).not.toHaveProperty(name);
  });

  it('names its issuer as discovery does', () => {
    expect(claims['iss']).toBe(server.issuer);
  });

  it('names the person: at most 255 ASCII characters, the same for every client and each time', async () => {
    expect(claims['sub']).toBe(CLINICIAN.subject);
    expect(claims['sub']).toMatch(/^[\x21-\x7e]{1,255}$/);
    const other = await approvedClient(server);
    expect(decodeJwt((await visitor.tokens(other)).id_token ?? '').claims['sub']).toBe(CLINICIAN.subject);
  });

  it('never gives two people the same subject', async () => {
    expect((await idTokenOf({ scope: 'openid' }, new Visitor(server, PATIENT))).claims['sub']).not.toBe(claims['sub']);
  });

  it('names the client as its audience', () => {
    expect([claims['aud']].flat()).toEqual([client.clientId]);
  });

  it('has whole seconds for its times: issued now, ending later', () => {
    const [iat, exp] = [Number(claims['iat']), Number(claims['exp'])];
    expect([Number.isInteger(claims['iat']), Number.isInteger(claims['exp'])]).toEqual([true, true]);
    expect(Math.abs(iat - server.clock.now().getTime() / 1000)).toBeLessThan(60);
    expect(exp).toBeGreaterThan(iat);
  });

  it('says when the person signed in where max_age asked for it, and otherwise too', async () => {
    expect((await idTokenOf({ max_age: '3600' })).claims['auth_time']).toEqual(expect.any(Number));
    expect(claims['auth_time']).toEqual(expect.any(Number));
    expect(Number(claims['auth_time'])).toBeLessThanOrEqual(Number(claims['iat']));
  });

  it('says when the person signed in, not when they consented', async () => {
    const own = new Visitor(server);
    const first = await idTokenOf({}, own);
    server.clock.advance(300);
    const second = await idTokenOf({}, own);
    expect(second.claims['auth_time']).toBe(first.claims['auth_time']);
    expect(Number(second.claims['iat']) - Number(first.claims['iat'])).toBeGreaterThanOrEqual(300);
  });

  it.each(['n-0S6_WzA2Mj', 'blanks and "quotes" é漢', 'x'.repeat(1000)])('repeats nonce unchanged: %.30s', async (nonce) => {
    expect((await idTokenOf({ nonce })).claims['nonce']).toBe(nonce);
  });

  it('has no nonce where none was sent', async () => {
    expect((await idTokenOf({ nonce: undefined })).claims).not.toHaveProperty('nonce');
  });

  it('says how the person proved who they are', () => {
    expect(claims).toMatchObject({ amr: ['pwd'], acr: '1' });
  });

  it('names the session, without being a key to it', () => {
    expect(claims['sid']).toEqual(expect.any(String));
    expect(visitor.browser.cookieNames().map((name) => visitor.browser.cookie(name))).not.toContain(claims['sid']);
  });

  it('has no member without a value', () => {
    expect(Object.entries(claims).filter(([, value]) => value === null || value === '')).toEqual([]);
  });
});
