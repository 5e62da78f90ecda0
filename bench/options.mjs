import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run bench -- [options]
  --rounds <n>       rounds, each with every case once (default 3)
  --seconds <n>      seconds of load for each case in a round (default 5)
  --connections <n>  keep-alive connections, more than one separated by commas (default 16,64)
  --starts <n>       starts of each server that are timed (default 5)
  --rows <n>         rows of tokens beside which growth is measured, separated by commas (default 10000,1000000,10000000)
  --minutes <n>      how long the soak lasts (default 10)
  --only <names>     parts of the benchmark, or cases of the part "load" whose name contains one of these; separated by commas.
                     Yardsticks always run beside cases
  --database <name>  embedded or mysql (default: both, where a server is found)
  --quick            one round of two seconds, one start: whether it works, not how fast it is
  --write            write docs/benchmarks.md from what was measured now and, for the other parts, last time (artifacts/bench)`;

const QUICK = { rounds: 1, seconds: 2, starts: 1, rows: '1000,10000', minutes: 1 };
const USUAL = { rounds: 3, seconds: 5, starts: 5, rows: '10000,1000000,10000000', minutes: 10 };
const DATABASES = ['embedded', 'mysql'];
const CONNECTIONS = '16,64';

/**
 * Reads the command line.
 * @returns `{ rounds, seconds, connections, starts, rows, minutes, only, databases, isQuick, write }`; connections and rows are
 *   lists, the former in ascending order; only is a list, empty for what usually runs
 * @throws Error that says which argument is wrong
 */
export function readOptions(args) {
  const text = { type: 'string' };
  const options = { rounds: text, seconds: text, connections: text, starts: text, rows: text, minutes: text, only: text, database: text };
  const { values } = parseArgs({ args, options: { ...options, quick: { type: 'boolean' }, write: { type: 'boolean' } } });
  const usual = values.quick ? QUICK : USUAL;
  if (values.database !== undefined && !DATABASES.includes(values.database)) throw new Error('--database takes embedded or mysql');
  const connections = listOf(values.connections ?? CONNECTIONS).map((part) => wholeNumber('connections', part));
  return {
    rounds: wholeNumber('rounds', values.rounds, usual.rounds),
    seconds: wholeNumber('seconds', values.seconds, usual.seconds),
    connections: connections.sort((one, other) => one - other),
    starts: wholeNumber('starts', values.starts, usual.starts),
    rows: listOf(values.rows ?? usual.rows).map((part) => wholeNumber('rows', part)),
    minutes: wholeNumber('minutes', values.minutes, usual.minutes),
    only: listOf(values.only ?? ''),
    databases: values.database === undefined ? DATABASES : [values.database],
    isQuick: values.quick === true,
    write: values.write === true,
  };
}

const listOf = (text) => text.split(',').filter((part) => part !== '');

function wholeNumber(name, text, otherwise) {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`--${name} takes a whole number from 1`);
  return Number(text);
}
