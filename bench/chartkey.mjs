import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { hash } from '@node-rs/bcrypt';
import Libsql from 'libsql';
import { APP_SCOPE, CALLBACK, makeServiceKey, PHYSICIAN, SERVICE_SCOPE } from './app.mjs';
import { createScratchDatabase, writeSiteFolder } from './scratch-database.mjs';
import { freePort, startServer } from './servers.mjs';

const PROGRAM = [fileURLToPath(new URL('../bin/chartkey.mjs', import.meta.url)), 'serve'];
const WAIT_FOR_WRITER = 5000;
/** The server keeps settings of the EHR for five seconds. */
const UNTIL_SETTINGS_ARE_READ = 6000;

/** One caller asks as often as it can: requests are counted as ever, against limits that nobody reaches. */
const UNREACHED = Object.fromEntries(
  ['SIGN_IN_ADDRESS', 'SIGN_IN_USER', 'TOKEN_ADDRESS', 'TOKEN_CLIENT', 'INTROSPECTION_ADDRESS', 'INTROSPECTION_CLIENT'].map((name) => [
    `CHARTKEY_RATE_LIMIT_${name}`,
    '100000000',
  ]),
);

/**
 * Lays out Chartkey on a database of its own, with the settings a person starts with.
 * @param folder new and empty; holds the embedded database or the EHR's site folder
 * @param database of `findDatabase`, or null for the embedded one
 * @returns `{ key, name, start, prepare, query, remove }`; `start({ cores, publicUrl, preload, env })` runs the built program, after the module
 *   `preload`, as a process and is the server with its `issuer`,
 *   `prepare(server)` is the tenant that `authorizationCases` takes, `query` runs a statement beside the server
 */
export async function layChartkey(folder, database) {
  mkdirSync(folder, { recursive: true });
  const scratch = database === null ? null : await createScratchDatabase(database.url);
  const site = join(folder, 'site');
  if (scratch !== null) writeSiteFolder(site);
  const place = scratch === null ? {} : { DATABASE_URL: scratch.url, OPENEMR_SITE_DIR: site };
  const env = { CHARTKEY_DATA_DIR: join(folder, 'data'), ...place, ...UNREACHED };
  const query = scratch?.query ?? (async (sql, values) => queryFile(join(folder, 'data/embedded.sqlite'), sql, values));
  return {
    key: database === null ? 'chartkey-embedded' : 'chartkey-database',
    name: database === null ? 'Chartkey, embedded' : `Chartkey, ${database.version.split(' ')[0]}`,
    start: async ({ cores, publicUrl, preload, env: further } = {}) => {
      const port = await freePort();
      const url = publicUrl ?? `http://localhost:${port}`;
      const program = preload === undefined ? PROGRAM : ['--import', preload, ...PROGRAM];
      const server = await startServer(program, { folder, env: { ...env, ...further, PUBLIC_URL: url }, port, cores });
      return { ...server, issuer: `${url}/oauth2/default` };
    },
    prepare: ({ issuer }) => prepareTenant(issuer, query),
    query,
    remove: async () => scratch?.drop(),
  };
}

function queryFile(file, sql, values) {
  const database = new Libsql(file, { timeout: WAIT_FOR_WRITER });
  try {
    database.prepare(sql).run(values);
  } finally {
    database.close();
  }
}

async function prepareTenant(issuer, query) {
  await query("UPDATE globals SET gl_value = '1' WHERE gl_name = 'rest_system_scopes_api'", []);
  await sleep(UNTIL_SETTINGS_ARE_READ);
  const { client_id, client_secret } = await register(issuer, APP);
  const { jwk, assertion } = makeServiceKey();
  const service = await register(issuer, { ...SERVICE, jwks: { keys: [jwk] } });
  await query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [service.client_id]);
  const app = { client: { client_id, client_secret } };
  return { signed: app, plain: app, service: { clientId: service.client_id, assertion }, personAt: makePersonAt(query) };
}

const APP = {
  application_type: 'private',
  client_name: 'Benchmark',
  redirect_uris: [CALLBACK],
  contacts: ['bench@app.example'],
  scope: APP_SCOPE,
};
const SERVICE = {
  client_name: 'Benchmark service',
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: ['client_credentials'],
  scope: SERVICE_SCOPE,
};

async function register(issuer, metadata) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${issuer}/registration`, { method: 'POST', headers, body: JSON.stringify(metadata) });
  const registered = await answer.json();
  if (answer.status !== 201) throw new Error(`a client was not registered: ${registered.error_description}`);
  return registered;
}

/** Gives the one person who signs in a password hash of a cost, and the site the setting that keeps it so. */
function makePersonAt(query) {
  let current = null;
  return async (cost) => {
    if (cost === current) return PHYSICIAN;
    const stored = await hash(PHYSICIAN.password, { cost, version: '2y' });
    await query('UPDATE users_secure SET password = ? WHERE username = ?', [stored, PHYSICIAN.username]);
    await query("UPDATE globals SET gl_value = ? WHERE gl_name = 'gbl_auth_bcrypt_hash_cost'", [String(cost)]);
    await sleep(UNTIL_SETTINGS_ARE_READ);
    current = cost;
    return PHYSICIAN;
  };
}
