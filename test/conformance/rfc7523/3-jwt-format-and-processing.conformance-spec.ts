import { backendService, type BackendService } from '../../support/backend-service.js';
import type { JsonAnswer } from '../../support/oauth-client.js';
import { type AssertionOptions, SigningKey } from '../../support/signing-key.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 7523 §3 JWT Format and Processing Requirements', () => {
  let server: TestServer;
  let service: BackendService;
  let seconds: number;

  beforeAll(async () => {
    server = await startServer();
    service = await backendService(server);
  });
  afterAll(() => server.stop());
  beforeEach(() => (seconds = Math.floor(server.clock.now().getTime() / 1000)));

  const REFUSED = [401, 'invalid_client'];
  const TAKEN = [200, undefined];
  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];
  const ask = async (claims: AssertionOptions['claims']): Promise<unknown[]> =>
    outcome(await service.ask({}, await service.assertion({ claims })));
  const detail = (): string => server.logs.refusals().at(-1)?.detail ?? '';

  it.each([[undefined], ['https://somebody.example']])('(1) refuses %s as iss, which must name the client', async (iss) => {
    expect(await ask({ iss })).toEqual(REFUSED);
    expect(detail()).toContain('iss and sub');
  });

  it('(2) refuses a JWT without sub', async () => {
    expect(await ask({ sub: undefined })).toEqual(REFUSED);
    expect(detail()).toContain('sub of the assertion is missing');
  });

  it('(2) refuses a sub that is not the client_id', async () => {
    expect(await ask({ sub: 'somebody', iss: 'somebody' })).toEqual(REFUSED);
    expect(detail()).toBe('unknown client');
  });

  it('(3) takes the token endpoint or the issuer as aud, alone or among others', async () => {
    for (const aud of [`${server.issuer}/token`, server.issuer, ['https://other.example', server.issuer]]) {
      expect(await ask({ aud })).toEqual(TAKEN);
    }
  });

  it.each([[undefined], ['https://other.example/token'], [['https://other.example']]])('(3) refuses %j as aud', async (aud) => {
    expect(await ask({ aud })).toEqual(REFUSED);
    expect(detail()).toContain('meant for somebody else');
  });

  it('(3) takes the endpoint that is called as aud, and not there what names another', async () => {
    const token = (await service.ask()).body['access_token'] as string;
    for (const endpoint of ['introspect', 'revoke']) {
      const there = `${server.issuer}/${endpoint}`;
      const elsewhere = `${server.issuer}/${endpoint === 'revoke' ? 'introspect' : 'revoke'}`;
      const wrong = await service.ask({ token }, await service.assertion({}, service.key, elsewhere), there);
      expect(endpoint === 'revoke' ? wrong.status : wrong.body['active']).toBe(endpoint === 'revoke' ? 401 : false);
      const right = await service.ask({ token }, await service.assertion({}, service.key, there), there);
      expect([right.status, right.body['active']]).toEqual([200, endpoint === 'revoke' ? undefined : true]);
    }
  });

  it('(4) refuses a JWT without exp, and one that has expired, but for a little skew', async () => {
    expect(await ask({ exp: undefined })).toEqual(REFUSED);
    expect(await ask({ exp: seconds - 90 })).toEqual(REFUSED);
    expect(await ask({ exp: seconds - 30 })).toEqual(TAKEN);
  });

  it('(4) refuses an exp that is unreasonably far ahead', async () => {
    expect(await ask({ exp: seconds + 3600 })).toEqual(REFUSED);
    expect(detail()).toContain('more than 300 seconds');
  });

  it('(5) refuses a JWT before its nbf, but for a little skew', async () => {
    expect(await ask({ nbf: seconds + 90 })).toEqual(REFUSED);
    expect(await ask({ nbf: seconds + 30 })).toEqual(TAKEN);
  });

  it('(6) refuses an iat in the future', async () => {
    expect(await ask({ iat: seconds + 90 })).toEqual(REFUSED);
  });

  it('(7) refuses a jti that was used, as long as the first one could be valid', async () => {
    const claims = { jti: `again-${seconds}`, exp: seconds + 10 };
    expect(await ask(claims)).toEqual(TAKEN);
    expect(await ask({ ...claims, exp: seconds + 300 })).toEqual(REFUSED);
    expect(detail()).toContain('was used before');
  });

  it('(8) passes over claims that it does not know', async () => {
    expect(await ask({ 'https://example/claim': { any: 'thing' } })).toEqual(TAKEN);
  });

  it('(9) refuses a JWT that is not signed', async () => {
    const [, payload] = (await service.assertion()).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(outcome(await service.ask({}, `${header}.${payload}.`))).toEqual(REFUSED);
    expect(outcome(await service.ask({}, `${header}.${payload}.AAAA`))).toEqual(REFUSED);
    expect(detail()).toContain('signed by none');
  });

  it('(9) refuses a JWT whose signature is not of a key of the client', async () => {
    const stranger = await SigningKey.make('ES384', service.key.keyId);
    expect(outcome(await service.ask({}, await service.assertion({}, stranger)))).toEqual(REFUSED);
  });

  it('(10) refuses what is not a valid JWT in any other way', async () => {
    for (const text of ['x', 'a.b.c', 'e30.e30.e30', '..', 'eyJhbGciOiJFUzM4NCJ9.W10.AAAA']) {
      expect(outcome(await service.ask({}, text))).toEqual(REFUSED);
    }
  });
});
