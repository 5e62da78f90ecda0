import { join } from 'node:path';
import { authorizationCases } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { fillWithTokens } from './token-rows.mjs';
import { measureRounds } from './rounds.mjs';

const CASES = ['refresh with rotation', 'introspection'];
const CLIENTS = 100_000;
const WARM_UP = 3;

/**
 * Measures the same requests beside ever more rows of other tokens, one server and database for each number of rows.
 * @param run `{ folder, options, database, note, start, atEnd }`
 * @returns rows of `measureRounds`, whose key is the number of rows
 * @throws Error without a database server
 */
export async function measureGrowth({ folder, options, database, note, start, atEnd }) {
  if (database === null) throw new Error('growth is measured on MariaDB');
  const subjects = [];
  for (const rows of options.rows) {
    const laid = await layChartkey(join(folder, String(rows)), database);
    atEnd(laid.remove);
    await (await laid.start()).stop(); // makes the tables
    await fillWithTokens(laid.query, { tokens: rows, clients: Math.min(rows, CLIENTS) }, note);
    const server = await start(laid);
    const cases = await authorizationCases(server, await laid.prepare(server), options.connections[0]);
    subjects.push({ key: String(rows), name: laid.name, server, cases: cases.filter(({ name }) => CASES.includes(name)) });
  }
  const load = { ...options, connections: [options.connections[0]] };
  await measureRounds(subjects, { ...load, rounds: 1, seconds: WARM_UP }, (text) => note(`warm-up, ${text}`));
  return measureRounds(subjects, load, note);
}
