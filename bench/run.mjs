/** `npm run bench`: how fast the built server is, next to oidc-provider and to bare frameworks in the same run. See options.mjs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDatabase } from '../scripts/find-database.mjs';
import { startAtRest } from './case-load.mjs';
import { layChartkey } from './chartkey.mjs';
import { machineFacts, pinLoad } from './machine.mjs';
import { layOidcProvider } from './oidc-provider/lay.mjs';
import { readOptions, USAGE } from './options.mjs';
import { PARTS } from './parts.mjs';
import { renderReport } from './report.mjs';
import { keepResult, readResults, stamped } from './results.mjs';

const SETTLE_MILLISECONDS = 3000;

const note = (text) => process.stderr.write(`${text}\n`);

/** What must be undone at the end, newest first, whatever happened. */
const undo = [];
async function cleanUp(from = 0) {
  for (const step of undo.splice(from).reverse()) await step().catch((error) => note(error.message));
}

/** What a part measures with: servers laid out and started through it end with the part. */
function makeRun(folder, options, database) {
  const databases = [...(options.databases.includes('embedded') ? [null] : []), ...(database === null ? [] : [database])];
  const layAll = async (lay, kind) => {
    const laid = [];
    for (const [at, one] of databases.entries()) {
      laid.push(await lay(join(folder, `${kind}-${at}`), one));
      undo.push(laid.at(-1).remove);
    }
    return laid;
  };
  const layChartkeys = () => layAll(layChartkey, 'chartkey');
  const start = async (laid, how) => {
    const server = await startAtRest(laid, how, () => sleep(SETTLE_MILLISECONDS));
    undo.push(server.stop);
    return server;
  };
  const layServers = async () => [...(await layChartkeys()), ...(await layAll(layOidcProvider, 'oidc-provider'))];
  const atEnd = (step) => undo.push(step);
  return { folder, options, database, note, layChartkeys, layServers, start, atEnd };
}

/** The parts to run, each with the question which of its cases are wanted, and whether all are. */
function chosenParts({ only }) {
  const names = PARTS.map(({ name }) => name);
  const cases = only.filter((word) => !names.includes(word));
  const isWanted = (name) => cases.length === 0 || cases.some((part) => name.includes(part));
  const isChosen = ({ name, isUsual }) => (only.length === 0 ? isUsual : only.includes(name) || (name === 'load' && cases.length > 0));
  return PARTS.filter(isChosen).map((part) => ({ ...part, isWanted, isWhole: part.name !== 'load' || cases.length === 0 }));
}

async function main(folder) {
  const options = readOptions(process.argv.slice(2));
  const database = options.databases.includes('mysql') ? await findDatabase() : null;
  if (database !== null) undo.push(async () => database.stop());
  else if (!options.databases.includes('embedded')) throw new Error('no MariaDB or MySQL was found');
  pinLoad();
  const facts = machineFacts(database);
  const measured = {};
  for (const { name, measure, isWanted, isWhole } of chosenParts(options)) {
    const place = join(folder, name);
    mkdirSync(place);
    const before = undo.length;
    const data = await measure(makeRun(place, options, database), isWanted);
    await cleanUp(before);
    measured[name] = stamped({ facts, options, data });
    if (isWhole) keepResult(name, measured[name]);
  }
  const report = renderReport(options.write ? readResults() : measured);
  console.log(report);
  if (options.write) writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), report);
  if (JSON.stringify(measured).match(/"failures":[1-9]/))
    throw new Error('some answers were wrong: the figures above are not to be trusted');
}

const folder = mkdtempSync(join(tmpdir(), 'chartkey-bench-'));
undo.push(async () => rmSync(folder, { recursive: true, force: true }));
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(name, () => void cleanUp().finally(() => process.exit(130)));
}
try {
  await main(folder);
} catch (error) {
  note(`${error.message}\n\n${USAGE}`);
  process.exitCode = 1;
} finally {
  await cleanUp();
}
