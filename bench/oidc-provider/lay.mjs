import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/bcrypt';
import { APP_SCOPE, CALLBACK, makeServiceKey, PHYSICIAN, SERVICE_SCOPE } from '../app.mjs';
import { COSTS } from '../cases.mjs';
import { createScratchDatabase } from '../scratch-database.mjs';
import { freePort, startServer } from '../servers.mjs';
import { RESOURCE } from './configuration.mjs';

const PROGRAM = [fileURLToPath(new URL('server.mjs', import.meta.url))];
const SCHEMA = readFileSync(new URL('schema.sql', import.meta.url), 'utf8');

const APP = { client_id: 'bench-app', client_secret: 'a secret of a benchmark, 32 bytes' };
const SERVICE_ID = 'bench-service';
const usernameAt = (cost) => `${PHYSICIAN.username}-${cost}`;

const clientsOf = (jwk) => [
  {
    ...APP,
    client_name: 'Benchmark',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    scope: APP_SCOPE,
  },
  {
    client_id: SERVICE_ID,
    client_name: 'Benchmark service',
    redirect_uris: [],
    grant_types: ['client_credentials'],
    response_types: [],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES384',
    scope: SERVICE_SCOPE,
    jwks: { keys: [jwk] },
  },
];

async function person(cost) {
  const claims = {
    name: 'Billy Smith',
    given_name: 'Billy',
    family_name: 'Smith',
    preferred_username: usernameAt(cost),
    zoneinfo: 'UTC',
    email: 'clinician@example.org',
    email_verified: true,
  };
  return { id: `person-${cost}`, username: usernameAt(cost), password: await hash(PHYSICIAN.password, { cost, version: '2b' }), claims };
}

/**
 * Lays out oidc-provider, as Chartkey is laid out.
 * @param database of `findDatabase`; null for its own in-memory adapter
 * @returns as `layChartkey`
 */
export async function layOidcProvider(folder, database) {
  mkdirSync(folder, { recursive: true });
  const { jwk, assertion } = makeServiceKey();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'bench', use: 'sig', alg: 'RS256' }] };
  const people = await Promise.all(COSTS.map(person));
  const setup = { jwks, clients: clientsOf(jwk), people };
  const scratch = database === null ? null : await createScratchDatabase(database.url, SCHEMA);
  if (scratch !== null) await fill(scratch, setup);
  const place = scratch === null ? {} : { DATABASE_URL: scratch.url };
  const tenant = {
    signed: { client: APP, parameters: { resource: RESOURCE } },
    plain: { client: APP },
    service: { clientId: SERVICE_ID, assertion, parameters: { resource: RESOURCE } },
    personAt: async (cost) => ({ username: usernameAt(cost), password: PHYSICIAN.password }),
  };
  return {
    key: database === null ? 'oidc-memory' : 'oidc-database',
    name: `oidc-provider, ${database === null ? 'in memory' : database.version.split(' ')[0]}`,
    start: async () => {
      const server = await startServer(PROGRAM, { folder, env: { ...place, SETUP: JSON.stringify(setup) }, port: await freePort() });
      return { ...server, issuer: server.origin };
    },
    prepare: async () => tenant,
    query: scratch?.query,
    remove: async () => scratch?.drop(),
  };
}

async function fill({ query }, { clients, people }) {
  const rows = clients.map((client) => ['Client', client.client_id, JSON.stringify(client)]);
  await query('INSERT INTO payload (model, id, payload) VALUES ?', [rows]);
  const accounts = people.map(({ id, username, password, claims }) => [id, username, password, JSON.stringify(claims)]);
  await query('INSERT INTO account (id, username, password, claims) VALUES ?', [accounts]);
}
