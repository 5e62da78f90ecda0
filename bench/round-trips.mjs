import { join } from 'node:path';
import { authorizationCases, COSTS, journeyAt } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { startDatabaseProxy } from './database-proxy.mjs';
import { layOidcProvider } from './oidc-provider/lay.mjs';
import { median } from './statistics.mjs';

const WARM_UP = 10;
const REQUESTS = 60;

/**
 * Counts what each case sends to the database, one request after the other.
 * @param run `{ folder, database, note, start, atEnd }`
 * @returns a row for each server and case: `{ key, subject, name, trips, transactions }`, medians of what one request took. What a server
 *   does by itself now and then is not in a median
 * @throws Error without a database server
 */
export async function measureRoundTrips({ folder, database, note, start, atEnd }) {
  if (database === null) throw new Error('round trips are counted on MariaDB or MySQL');
  const proxy = await startDatabaseProxy(database.url);
  atEnd(proxy.close);
  const rows = [];
  for (const [kind, lay] of Object.entries({ chartkey: layChartkey, 'oidc-provider': layOidcProvider })) {
    const laid = await lay(join(folder, kind), { ...database, url: proxy.url });
    atEnd(laid.remove);
    const server = await start(laid);
    const cases = await authorizationCases(server, await laid.prepare(server), 1);
    for (const one of cases.filter(({ name }) => name !== journeyAt(COSTS[1]))) {
      note(`round trips: ${laid.name}, ${one.name}`);
      rows.push({ key: laid.key, subject: laid.name, name: one.name, ...(await count(one, proxy)) });
    }
  }
  return rows;
}

async function count({ name, once, before }, { counts }) {
  await before?.();
  const samples = [];
  for (let request = -WARM_UP; request < REQUESTS; request += 1) {
    const begin = counts();
    if (!(await once())) throw new Error(`${name}: an answer was wrong`);
    const end = counts();
    if (request >= 0) samples.push({ trips: end.trips - begin.trips, transactions: end.transactions - begin.transactions });
  }
  const middle = (figure) => median(samples.map((sample) => sample[figure]));
  return { trips: middle('trips'), transactions: middle('transactions') };
}
