/**
 * Plain Fastify: what the HTTP layer alone can do. Answers `/hello`, and `/discovery` and `/jwks` with as many bytes as `DISCOVERY_BYTES` and
 * `JWKS_BYTES` say.
 */
import fastify from 'fastify';
import { bodyOf } from './body.mjs';

const app = fastify();
const documents = { '/discovery': bodyOf(process.env.DISCOVERY_BYTES), '/jwks': bodyOf(process.env.JWKS_BYTES) };

app.get('/hello', () => ({ hello: 'world' }));
for (const [path, body] of Object.entries(documents)) {
  app.get(path, (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(body));
}

process.once('SIGTERM', () => app.close());
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
