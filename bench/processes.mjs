import { join } from 'node:path';
import { authorizationCases } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { CORE_OF, FREE_CORES } from './machine.mjs';
import { measureRounds } from './rounds.mjs';

const CASES = ['refresh with rotation', 'introspection'];
const WARM_UP = 3;

/**
 * Measures one process, and two over the same database that share the load.
 * @param run `{ folder, options, database, note, start, atEnd }`
 * @returns `{ rows, freeCores }`: rows of `measureRounds`, whose keys are `1` and `2`, and how many cores load and database leave
 * @throws Error without a database server
 */
export async function measureProcesses({ folder, options, database, note, start, atEnd }) {
  if (database === null) throw new Error('processes are measured on MariaDB or MySQL');
  const laid = await layChartkey(join(folder, 'processes'), database);
  atEnd(laid.remove);
  const first = await start(laid, { cores: CORE_OF(0) });
  const second = await start(laid, { cores: CORE_OF(1), publicUrl: first.origin });
  const connections = [Math.max(...options.connections)];
  const cases = await authorizationCases(first, await laid.prepare(first), connections[0]);
  const wanted = cases.filter(({ name }) => CASES.includes(name));
  const subjects = [
    { key: '1', name: 'one process', server: first, cases: wanted },
    {
      key: '2',
      name: 'two processes',
      server: { pids: [first.pid, second.pid] },
      cases: wanted.map((one) => shared(one, [first, second])),
    },
  ];
  await measureRounds(subjects, { ...options, connections, rounds: 1, seconds: WARM_UP }, (text) => note(`warm-up, ${text}`));
  return { rows: await measureRounds(subjects, { ...options, connections }, note), freeCores: FREE_CORES };
}

/** The same case with each server taking its part of the connections. */
function shared(one, servers) {
  const drive = async ({ connections, seconds }) => {
    const part = connections / servers.length;
    const loads = servers.map(({ origin }, at) => one.drive({ connections: part, seconds, origin, skip: at * part }));
    const results = await Promise.all(loads);
    const most = (figure) => Math.max(...results.map((result) => result[figure]));
    const sum = (figure) => results.reduce((total, result) => total + result[figure], 0);
    return { requests: sum('requests'), seconds: most('seconds'), p50: most('p50'), p99: most('p99'), failures: sum('failures') };
  };
  return { ...one, drive };
}
