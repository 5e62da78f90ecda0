import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

const CORES = availableParallelism(); // asked before anything is pinned
const LOAD_BEFORE = loadavg()[0]; // of the minute before the run: on an idle machine close to 0

/** Cores: servers under test get the first, whatever makes load the others. Null where there is nothing to choose. */
export const PINS = canPin() ? { servers: '0', load: CORES > 2 ? `1-${CORES - 1}` : '1' } : null;

/** For servers that may use all of the machine; null where nothing is pinned. */
export const ALL_CORES = PINS === null ? null : `0-${CORES - 1}`;

/** The core of the n-th of several servers, from 0; the last one where there are not so many. */
export const CORE_OF = (at) => (PINS === null ? null : String(Math.min(at, CORES - 1)));

/** How many cores several servers can have without load generator and database server beside them. */
export const FREE_CORES = Math.max(0, CORES - 2);

function canPin() {
  if (platform() !== 'linux' || CORES < 2) return false;
  try {
    execFileSync('taskset', ['--cpu-list', '0,1', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Keeps this process, which makes the load, off the core of the servers. */
export function pinLoad() {
  if (PINS !== null) execFileSync('taskset', ['--all-tasks', '--pid', '--cpu-list', PINS.load, String(process.pid)], { stdio: 'ignore' });
}

/** What the figures depend on, as pairs of name and value. */
export function machineFacts(database) {
  return [
    ['processor', `${cpus()[0]?.model.trim() || 'unknown'}, ${CORES} cores`],
    ['memory', `${Math.round(totalmem() / 2 ** 30)} GB`],
    ['system', `${platform()} ${release()}`],
    ['Node.js', process.versions.node],
    ['other work', `load average ${LOAD_BEFORE.toFixed(1)} before the run`],
    ['database server', database === null ? 'none found' : `${database.version}, ${database.place}`],
    ['pinning', PINS === null ? 'none' : `servers on core ${PINS.servers}, load on core ${PINS.load}, database server on any`],
  ];
}
