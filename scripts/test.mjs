/**
 * `npm test`: runs the Jest projects on the embedded database and on MariaDB or MySQL, and closes with one line over everything.
 * Tests learn from `CHARTKEY_TEST_DATABASE` (`embedded` or `mysql`) which database they run on; in the `mysql` runs
 * `TEST_DATABASE_URL` names the server; `TEST_REDIS_URL` and `CHROMIUM_PATH` name Redis and the browser wherever there are such.
 */
import { findBrowser } from './find-browser.mjs';
import { findDatabase } from './find-database.mjs';
import { findRedis } from './find-redis.mjs';
import { runJest } from './jest-run.mjs';
import { planRuns, readArguments, USAGE } from './test-plan.mjs';

const NO_DATABASE =
  'no MariaDB or MySQL was found: install one (Debian: apt-get install mariadb-server) or set TEST_DATABASE_URL=mysql://user:password@host:port';
const NO_BROWSER = 'no Chromium was found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to its program';

const NO_REDIS =
  'no Redis was found: install one (Debian: apt-get install redis-server) or set TEST_REDIS_URL=redis://user:password@host:port';
/** Test files that need Redis. */
const OF_REDIS = String.raw`\.redis\.e2e-spec\.ts$`;

const isCi = ['true', '1'].includes(process.env.CI ?? '');
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => interruption.abort());

/**
 * Looks for something that tests need.
 * @returns `{ found, reason, fails }`: reason says why found is null; fails tells whether that is a failure, as it is in CI and where
 *   a thing was named or present and does not work
 */
async function look(find, absent) {
  try {
    return { found: await find(), reason: absent, fails: isCi };
  } catch (error) {
    return { found: null, reason: error.message, fails: true };
  }
}

const needsRedis = ({ projects }) => projects.includes('e2e');
const nameOf = ({ projects, database }) => `${projects.join(', ')} on ${database === 'mysql' ? 'MariaDB/MySQL' : 'the embedded database'}`;

/** The environment of a run: nothing of the caller's test settings gets into the embedded runs. */
function environmentOf(run, { database, redis, browser }) {
  const env = { ...process.env, CHARTKEY_TEST_DATABASE: run.database };
  delete env.TEST_DATABASE_URL;
  if (run.database === 'mysql') env.TEST_DATABASE_URL = database.found.url;
  if (redis.found !== null) env.TEST_REDIS_URL = redis.found.url;
  if (browser.found !== null) env.CHROMIUM_PATH = browser.found.path;
  return env;
}

/** What the planned runs lack on this machine: `{ text, fails }` for each of database server, Redis and browser that is not there. */
function missingFor(runs, { database, redis, browser }) {
  const lacks = [
    { needed: runs.some((run) => run.database === 'mysql'), what: 'MariaDB/MySQL', ...database },
    { needed: runs.some(needsRedis), what: 'Redis', ...redis },
    { needed: runs.some((run) => run.needsBrowser), what: 'browser', ...browser },
  ];
  return lacks
    .filter(({ needed, found }) => needed && found === null)
    .map(({ what, reason, fails }) => ({ text: `${fails ? 'failed' : 'left out'}, ${what}: ${reason}`, fails }));
}

function printPlan(runs, { database, redis, browser }) {
  const usesMysql = runs.some((run) => run.database === 'mysql') && database.found !== null;
  const databases = [
    ...(runs.some((run) => run.database === 'embedded') ? ['embedded (SQLite)'] : []),
    ...(usesMysql ? [`${database.found.version} (${database.found.place})`] : []),
  ];
  console.log(`Databases: ${databases.join(', ') || 'none'}`);
  if (runs.some(needsRedis)) console.log(`Redis:     ${redis.found === null ? 'none' : `${redis.found.version} (${redis.found.place})`}`);
  if (runs.some((run) => run.needsBrowser)) console.log(`Browser:   ${browser.found?.version ?? 'none'}`);
}

async function runAll(runs, given, services) {
  const jestArguments = services.redis.found === null ? [...given, '--testPathIgnorePatterns', OF_REDIS] : given;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const lines = [];
  for (const run of runs) {
    if (interruption.signal.aborted) break;
    console.log(`\n── ${nameOf(run)}`);
    const env = environmentOf(run, services);
    const { troubles, ...counted } = await runJest({ projects: run.projects, env, jestArguments }, interruption.signal);
    for (const key of Object.keys(total)) total[key] += counted[key];
    lines.push(`${nameOf(run)}: ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`);
    lines.push(...troubles.map((trouble) => `  failed: ${trouble}`));
  }
  return { total, lines };
}

async function main() {
  const { jestArguments, ...wanted } = readArguments(process.argv.slice(2));
  const planned = planRuns(wanted);
  const needsMysql = planned.some((run) => run.database === 'mysql');
  const needsBrowser = planned.some((run) => run.needsBrowser);
  const database = await look(async () => (needsMysql ? findDatabase() : null), NO_DATABASE);
  const redis = await look(async () => (planned.some(needsRedis) ? findRedis() : null), NO_REDIS);
  try {
    const browser = await look(() => (needsBrowser ? findBrowser() : null), NO_BROWSER);
    const services = { database, redis, browser };
    const missing = missingFor(planned, services);
    const runs = planned.filter((run) => (run.database !== 'mysql' || database.found) && (!run.needsBrowser || browser.found));
    printPlan(planned, services);
    const { total, lines } = await runAll(runs, jestArguments, services);
    report(total, [...lines, ...missing.map(({ text }) => text)], missing.filter(({ fails }) => fails).length);
  } finally {
    await database.found?.stop();
    await redis.found?.stop();
  }
}

/** Prints the outcome, its last line being the count over everything, and sets the exit status. */
function report(total, lines, missing) {
  const nothingRan = total.passed + total.failed + missing === 0;
  const interrupted = interruption.signal.aborted;
  const failed = total.failed + missing + (nothingRan || interrupted ? 1 : 0);
  if (interrupted) lines.push('failed: interrupted before the end');
  else if (nothingRan) lines.push('failed: no test was run');
  console.log(`\n${lines.join('\n')}\n`);
  console.log(`${total.passed} passed, ${failed} failed, ${total.skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main().catch((error) => {
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
});
