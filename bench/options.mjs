import { parseArgs } from 'node:util';

export const USAGE = `Usage: npm run bench -- [options]
  --rounds <n>       rounds, each with every case once (default 3)
  --seconds <n>      seconds of load for each case in a round (default 5)
  --connections <n>  keep-alive connections (default 16)
  --starts <n>       starts of each server that are timed (default 5)
  --only <names>     cases whose name contains one of these, separated by commas; yardsticks always run
  --database <name>  embedded or mysql (default: both, where a server is found)
  --quick            one round of two seconds, one start: whether it works, not how fast it is
  --write            write docs/benchmarks.md`;

const QUICK = { rounds: 1, seconds: 2, starts: 1 };
const USUAL = { rounds: 3, seconds: 5, starts: 5 };
const DATABASES = ['embedded', 'mysql'];

/**
 * Reads the command line.
 * @returns `{ rounds, seconds, connections, starts, only, databases, write }`; only is a list, empty for everything
 * @throws Error that says which argument is wrong
 */
export function readOptions(args) {
  const number = { type: 'string' };
  const options = { rounds: number, seconds: number, connections: number, starts: number, only: number, database: number };
  const { values } = parseArgs({ args, options: { ...options, quick: { type: 'boolean' }, write: { type: 'boolean' } } });
  const usual = values.quick ? QUICK : USUAL;
  if (values.database !== undefined && !DATABASES.includes(values.database)) throw new Error('--database takes embedded or mysql');
  return {
    rounds: wholeNumber('rounds', values.rounds, usual.rounds),
    seconds: wholeNumber('seconds', values.seconds, usual.seconds),
    connections: wholeNumber('connections', values.connections, 16),
    starts: wholeNumber('starts', values.starts, usual.starts),
    only: (values.only ?? '').split(',').filter((name) => name !== ''),
    databases: values.database === undefined ? DATABASES : [values.database],
    write: values.write === true,
  };
}

function wholeNumber(name, text, otherwise) {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error(`--${name} takes a whole number from 1`);
  return Number(text);
}
