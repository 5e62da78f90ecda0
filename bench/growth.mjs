import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { authorizationCases } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { fillWithTokens } from './token-rows.mjs';
import { measureRounds } from './rounds.mjs';

const CASES = ['refresh with rotation', 'introspection'];
const CLIENTS = 100_000;
const WARM_UP = 3;
/** The database server goes on writing for a while what it was given. */
const REST_MILLISECONDS = 60_000;
const MEGABYTE = 2 ** 20;
const POOL = 'SELECT @@innodb_buffer_pool_size AS bytes';
const TABLES = 'SELECT SUM(data_length + index_length) AS bytes FROM information_schema.tables WHERE table_schema = DATABASE()';

/**
 * Measures the same requests beside ever more rows of other tokens, one server and database for each number of rows.
 * @param run `{ folder, options, database, note, start, atEnd }`
 * @returns `{ rows, pool, sizes }`: rows of `measureRounds`, whose key is the number of rows of tokens; the database server's buffer pool and the
 *   tables beside each number of rows, in MB
 * @throws Error without a database server
 */
export async function measureGrowth({ folder, options, database, note, start, atEnd }) {
  if (database === null) throw new Error('growth is measured on MariaDB');
  const subjects = [];
  const sizes = {};
  let pool = null;
  for (const rows of options.rows) {
    const laid = await layChartkey(join(folder, String(rows)), database);
    atEnd(laid.remove);
    await (await laid.start()).stop(); // makes the tables
    await fillWithTokens(laid.query, { tokens: rows, clients: Math.min(rows, CLIENTS) }, note);
    sizes[rows] = await numberOf(laid.query, TABLES);
    pool = await numberOf(laid.query, POOL);
    const server = await start(laid);
    const cases = await authorizationCases(server, await laid.prepare(server), options.connections[0]);
    subjects.push({ key: String(rows), name: laid.name, server, cases: cases.filter(({ name }) => CASES.includes(name)) });
  }
  if (!options.isQuick) await sleep(REST_MILLISECONDS);
  const load = { ...options, connections: [options.connections[0]] };
  await measureRounds(subjects, { ...load, rounds: 1, seconds: WARM_UP }, (text) => note(`warm-up, ${text}`));
  return { rows: await measureRounds(subjects, load, note), pool, sizes };
}

async function numberOf(query, sql) {
  const [[{ bytes }]] = await query(sql);
  return Math.round(Number(bytes) / MEGABYTE);
}
