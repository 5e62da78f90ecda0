import { createHash } from 'node:crypto';
import { fastify, type FastifyInstance } from 'fastify';
import { loadConfig } from '../config/load-config.js';
import { protectSwaggerPages } from './swagger-headers.js';

const STYLE = 'body { margin: 0 }';
const PAGE = `<html><style>${STYLE}</style><svg style="width:0"></svg></html>`;

describe('protectSwaggerPages', () => {
  let server: FastifyInstance;
  let address: string;

  beforeAll(async () => {
    server = fastify();
    protectSwaggerPages(server, loadConfig({ PUBLIC_URL: 'http://localhost:3000' }), 'swagger');
    server.get('/swagger', async (_request, reply) => reply.type('text/html').send(PAGE));
    server.get('/swagger/index.html', async (_request, reply) => reply.type('text/html').send(PAGE));
    server.get('/swagger/openapi.json', async () => ({}));
    server.get('/elsewhere', async () => 'answer');
    address = await server.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => server.close());

  const policyOf = async (path: string): Promise<string> => (await fetch(`${address}${path}`)).headers.get('content-security-policy') ?? '';
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  it('allows the inline styles of the page by their hashes, and no other', async () => {
    const policy = await policyOf('/swagger/index.html');
    expect(policy).toContain(`style-src 'self' 'unsafe-hashes' ${hashOf(STYLE)} ${hashOf('width:0')};`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe-inline');
  });

  it('gives other files no inline style, and other addresses no policy', async () => {
    expect(await policyOf('/swagger/openapi.json')).toContain("style-src 'self';");
    expect(await policyOf('/elsewhere')).toBe('');
  });

  it('leads other names of this machine to the address where the sign-in ends', async () => {
    const answer = await fetch(`${address}/swagger`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, 'http://localhost:3000/swagger']);
  });
});
