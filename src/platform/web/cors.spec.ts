import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fastify, type FastifyInstance } from 'fastify';
import { configureCors } from './cors.js';

describe('configureCors', () => {
  let server: FastifyInstance;
  let address: string;

  beforeAll(async () => {
    server = fastify();
    const app = { getHttpAdapter: () => ({ getInstance: () => server }) } as unknown as NestFastifyApplication;
    configureCors(app, { prefix: 'oauth2/default', webRoot: '' }, async (origin) => origin === 'https://app.example');
    server.all('/*', async () => 'answer');
    address = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());

  const ask = (path: string, origin?: string, method = 'GET'): Promise<Response> =>
    fetch(`${address}${path}`, { method, headers: origin === undefined ? {} : { origin } });
  const allowed = (answer: Response): string | null => answer.headers.get('access-control-allow-origin');

  it.each([
    '/oauth2/default/.well-known/openid-configuration',
    '/oauth2/default/.well-known/oauth-authorization-server',
    '/.well-known/oauth-authorization-server/oauth2/default',
    '/oauth2/default/.well-known/smart-configuration',
    '/apis/default/fhir/.well-known/smart-configuration',
    '/oauth2/default/jwk?x=1',
    '/oauth2/default/assets/chartkey.css',
  ])('lets everyone read %s', async (path) => {
    const answer = await ask(path, 'https://stranger.example');
    expect(allowed(answer)).toBe('*');
    expect(await answer.text()).toBe('answer');
  });

  it.each(['token', 'introspect', 'revoke', 'userinfo', 'registration', 'client/abc'])(
    'lets registered clients read %s',
    async (endpoint) => {
      const answer = await ask(`/oauth2/default/${endpoint}`, 'https://app.example');
      expect(allowed(answer)).toBe('https://app.example');
      expect(answer.headers.get('vary')).toBe('Origin');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    },
  );

  it.each([['https://stranger.example'], ['https://app.example.evil.example'], ['null'], [undefined]])(
    'names no origin to %s, and keeps caches from mixing answers',
    async (origin) => {
      const answer = await ask('/oauth2/default/token', origin);
      expect(allowed(answer)).toBeNull();
      expect(answer.headers.get('vary')).toBe('Origin');
      expect(await answer.text()).toBe('answer');
    },
  );

  it.each(['/oauth2/default/authorize', '/oauth2/default/tokens', '/oauth2/other/token', '/account', '/oauth2/default/logout'])(
    'opens nothing at %s',
    async (path) => {
      const answer = await ask(path, 'https://app.example');
      expect(allowed(answer)).toBeNull();
      expect(answer.headers.get('vary')).toBeNull();
    },
  );

  it('answers a preflight itself', async () => {
    const answer = await ask('/oauth2/default/token', 'https://app.example', 'OPTIONS');
    expect(answer.status).toBe(204);
    expect(allowed(answer)).toBe('https://app.example');
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization, content-type');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    expect(allowed(await ask('/oauth2/default/token', 'https://stranger.example', 'OPTIONS'))).toBeNull();
  });
});
