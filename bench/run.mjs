/** `npm run bench`: how fast the built server is, next to bare Fastify and bare Nest on Fastify in the same run. See options.mjs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findDatabase } from '../scripts/find-database.mjs';
import { BESIDE, makeSignInsCostly, measureBesideSignIns } from './beside-sign-ins.mjs';
import { authorizationCases, checkAnswers } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { machineFacts, pinLoad } from './machine.mjs';
import { readOptions, USAGE } from './options.mjs';
import { besideTable, loadTable, primitiveTable, renderReport, sizeTable } from './report.mjs';
import { measureRounds } from './rounds.mjs';
import { measurePrimitives, PRIMITIVES } from './primitives.mjs';
import { measureScopeDecisions, SCOPES } from './scope-decisions.mjs';
import { memoryOf } from './servers.mjs';
import { measureStarts } from './starts.mjs';
import { signingCases } from './services.mjs';
import { layYardstick, SIGNING, yardstickCases } from './yardsticks.mjs';

const SETTLE_MILLISECONDS = 3000;
const WARM_UP = { rounds: 1, seconds: 2 };

const note = (text) => process.stderr.write(`${text}\n`);

/** What must be undone at the end, newest first, whatever happened. */
const undo = [];
async function cleanUp() {
  for (const step of undo.splice(0).reverse()) await step().catch((error) => note(error.message));
}

async function layAll(folder, options, database) {
  const databases = [...(options.databases.includes('embedded') ? [null] : []), ...(database === null ? [] : [database])];
  const laid = [];
  for (const [at, one] of databases.entries()) {
    const chartkey = await layChartkey(join(folder, `chartkey-${at}`), one);
    undo.push(chartkey.remove);
    laid.push(chartkey);
  }
  return laid;
}

async function start(laid) {
  const server = await laid.start();
  undo.push(server.stop);
  await sleep(SETTLE_MILLISECONDS);
  return { ...server, name: laid.name, idle: memoryOf(server.pid).now };
}

/** Starts the servers and prepares their cases: `{ name, server, cases }` for each. */
async function prepare(folder, chartkeys, options) {
  const { connections, only } = options;
  const isWanted = ({ name }) => only.length === 0 || only.some((part) => name.includes(part));
  const subjects = [];
  for (const laid of chartkeys) {
    const server = await start(laid);
    await makeSignInsCostly(laid);
    note(`${laid.name}: signing in`);
    subjects.push({ name: laid.name, server, cases: (await authorizationCases(server, laid, connections)).filter(isWanted) });
  }
  const bytes = (await (await fetch(`${subjects[0].server.issuer}/.well-known/openid-configuration`)).text()).length;
  const yardsticks = [];
  for (const name of ['plain Fastify', 'Nest on Fastify']) {
    const server = await start(layYardstick(join(folder, name.replaceAll(' ', '-')), name, bytes));
    yardsticks.push({ name, server, cases: yardstickCases(server) });
  }
  const signing = await start(layYardstick(join(folder, 'signing'), SIGNING));
  yardsticks.push({ name: SIGNING, server: signing, cases: signingCases(signing, connections).filter(isWanted) });
  return [...yardsticks, ...subjects];
}

async function main(folder) {
  const options = readOptions(process.argv.slice(2));
  const database = options.databases.includes('mysql') ? await findDatabase() : null;
  if (database !== null) undo.push(async () => database.stop());
  else if (!options.databases.includes('embedded')) throw new Error('no MariaDB or MySQL was found');
  pinLoad();
  const chartkeys = await layAll(folder, options, database);
  const subjects = await prepare(folder, chartkeys, options);
  await checkAnswers(subjects.flatMap(({ cases }) => cases));
  await measureRounds(subjects, { ...options, ...WARM_UP }, (text) => note(`warm-up, ${text}`));
  const rows = await measureRounds(subjects, options, note);
  const isWanted = (name) => options.only.length === 0 || options.only.some((part) => name.includes(part));
  const decision = isWanted(SCOPES) ? await measureScopeDecisions() : null;
  const primitives = isWanted(PRIMITIVES) ? await measurePrimitives(database?.url ?? null) : [];
  const besides = isWanted(BESIDE) ? await measureBesideSignIns(subjects.slice(-chartkeys.length), options, note) : [];
  const sizes = subjects.map(({ name, server }) => ({ name, idle: server.idle, loaded: memoryOf(server.pid).most }));
  for (const { server } of subjects) await server.stop();
  const laid = [layYardstick(join(folder, 'bare'), 'Nest on Fastify'), ...chartkeys];
  const starts = await measureStarts(laid, options, note);
  const tables = {
    loads: loadTable(rows),
    beside: besideTable(besides),
    sizes: sizeTable(starts, sizes),
    primitives: primitiveTable(primitives),
  };
  const report = renderReport({ facts: machineFacts(database), options, decision, ...tables });
  console.log(report);
  if (options.write) writeFileSync(new URL('../docs/benchmarks.md', import.meta.url), report);
  if ([...rows, ...besides].some(({ failures }) => failures > 0))
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
