/** Plain Fastify: what the HTTP layer alone can do. Answers `/hello`, and `/bytes` with as many bytes as `BODY_BYTES` says. */
import fastify from 'fastify';
import { bodyOf } from './body.mjs';

const app = fastify();
const body = bodyOf(process.env.BODY_BYTES);

app.get('/hello', () => ({ hello: 'world' }));
app.get('/bytes', (_request, reply) => reply.header('content-type', 'application/json; charset=utf-8').send(body));

process.once('SIGTERM', () => app.close());
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
