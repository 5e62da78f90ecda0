import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { driveChains } from './load.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const SCOPE = 'system/Patient.rs';
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A key pair of a program: `{ jwk, assertion }`; `assertion(clientId, audience)` is a new one, by ES384. */
function makeKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const header = encode({ alg: 'ES384', typ: 'JWT', kid: 'bench' });
  const assertion = (clientId, audience) => {
    const exp = Math.floor(Date.now() / 1000) + 240;
    const input = `${header}.${encode({ iss: clientId, sub: clientId, aud: audience, exp, jti: randomUUID() })}`;
    return `${input}.${sign('sha384', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES384' }, assertion };
}

/** Token requests of one program, each with an assertion of its own, on so many connections. */
export async function serviceChains({ issuer }, { query }, connections) {
  await query("UPDATE globals SET gl_value = '1' WHERE gl_name = 'rest_system_scopes_api'", []);
  await new Promise((resolve) => setTimeout(resolve, 6000)); // the server keeps settings for five seconds
  const { jwk, assertion } = makeKey();
  const clientId = await registerService(issuer, jwk);
  await query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [clientId]);
  const fields = { grant_type: 'client_credentials', scope: SCOPE, client_assertion_type: JWT_BEARER };
  const chain = {
    path: `${new URL(issuer).pathname}/token`,
    headers: FORM,
    next: () => new URLSearchParams({ ...fields, client_assertion: assertion(clientId, issuer) }).toString(),
    take: (status) => status === 200,
  };
  return Array.from({ length: connections }, () => chain);
}

/** The same signatures without a server around them. */
export function signingCases({ origin }, connections) {
  const { jwk, assertion } = makeKey();
  const chain = {
    path: '/token',
    headers: { 'content-type': 'application/json' },
    next: () => JSON.stringify({ jwk, assertion: assertion('bench', origin) }),
    take: (status) => status === 200,
  };
  const chains = Array.from({ length: connections }, () => chain);
  return [{ name: 'client credentials', drive: ({ seconds }) => driveChains({ origin, chains, seconds }) }];
}

async function registerService(issuer, jwk) {
  const metadata = {
    client_name: 'Benchmark service',
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['client_credentials'],
    scope: SCOPE,
    jwks: { keys: [jwk] },
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${issuer}/registration`, { method: 'POST', headers, body: JSON.stringify(metadata) });
  const { client_id, error_description } = await answer.json();
  if (answer.status !== 201) throw new Error(`the service was not registered: ${error_description}`);
  return client_id;
}
