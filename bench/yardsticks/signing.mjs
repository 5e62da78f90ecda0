/** Plain Fastify that checks the ES384 signature of an assertion and signs a token by RS256, in the thread pool, and does nothing else. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import fastify from 'fastify';
import { compactVerify, importJWK } from 'jose';

const signInThreadPool = promisify(sign);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const header = Buffer.from(JSON.stringify({ typ: 'at+jwt', alg: 'RS256' })).toString('base64url');
const app = fastify();
let key;

app.post('/token', async (request) => {
  const { jwk, assertion } = request.body;
  key ??= await importJWK(jwk, 'ES384');
  await compactVerify(assertion, key, { algorithms: ['ES384'] });
  const input = `${header}.${assertion.split('.')[1]}`;
  const signature = await signInThreadPool('sha256', Buffer.from(input), privateKey);
  return { access_token: `${input}.${signature.toString('base64url')}`, token_type: 'Bearer', expires_in: 300 };
});

process.once('SIGTERM', () => app.close());
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
