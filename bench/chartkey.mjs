import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Libsql from 'libsql';
import { createScratchDatabase, writeSiteFolder } from './scratch-database.mjs';
import { freePort, startServer } from './servers.mjs';

const PROGRAM = [fileURLToPath(new URL('../bin/chartkey.mjs', import.meta.url)), 'serve'];
const WAIT_FOR_WRITER = 5000;

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
 * @returns `{ name, start, query, remove }`; `start()` runs the built program as a process and is the server with its `issuer`, `query` runs a
 *   statement beside it
 */
export async function layChartkey(folder, database) {
  mkdirSync(folder, { recursive: true });
  const scratch = database === null ? null : await createScratchDatabase(database.url);
  const site = join(folder, 'site');
  if (scratch !== null) writeSiteFolder(site);
  const place = scratch === null ? {} : { DATABASE_URL: scratch.url, OPENEMR_SITE_DIR: site };
  const env = { CHARTKEY_DATA_DIR: join(folder, 'data'), ...place, ...UNREACHED };
  return {
    name: database === null ? 'Chartkey, embedded' : `Chartkey, ${database.version.split(' ')[0]}`,
    start: async () => {
      const port = await freePort();
      const server = await startServer(PROGRAM, { folder, env: { ...env, PUBLIC_URL: `http://localhost:${port}` }, port });
      return { ...server, issuer: `${server.origin}/oauth2/default` };
    },
    query: scratch?.query ?? (async (sql, values) => queryFile(join(folder, 'data/embedded.sqlite'), sql, values)),
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
