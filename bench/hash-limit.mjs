import { execFile } from 'node:child_process';
import { Agent } from 'node:http';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ALL_CORES } from './machine.mjs';
import { driveWorkers, send } from './load.mjs';
import { signIn } from './sign-in.mjs';
import { cpuSeconds } from './servers.mjs';

const HASHING = fileURLToPath(new URL('yardsticks/hashing.mjs', import.meta.url));
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const SCOPE = 'openid profile email';
const WARM_UP = 2;
/** What PHP and so the EHR takes unless told otherwise. */
export const COST = 10;

const run = promisify(execFile);

/**
 * Measures how near password work comes to what all cores could hash if they did nothing else. Load generator and database server are on the
 * same cores.
 * @param run `{ options, note, layChartkeys, start }`
 * @returns a row for each kind and server: `{ key, subject, name, samples }`, with `{ perSecond, limit, share, cpu, p50, p99, failures }` of
 *   each round; limit is hashes a second, of the same round
 */
export async function measureHashLimit({ options, note, layChartkeys, start }) {
  const rows = [];
  for (const laid of await layChartkeys()) {
    const server = await start(laid, { cores: ALL_CORES });
    const tenant = await laid.prepare(server);
    const target = { issuer: server.issuer, person: await tenant.personAt(COST), ...tenant.plain };
    const agent = new Agent({ keepAlive: true });
    const works = { 'password grant': () => askByPassword(target, agent), 'sign-in page': () => signIn(target, agent).then(() => true) };
    for (const [name, work] of Object.entries(works)) rows.push({ key: laid.key, subject: laid.name, name, server, work, samples: [] });
  }
  for (const { work } of rows) await driveAll(work, { ...options, seconds: WARM_UP });
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const row of rows) {
      note(`round ${round} of ${options.rounds}: ${row.subject}, ${row.name} on all cores`);
      row.samples.push(await measure(row, options));
    }
  }
  return rows.map(({ key, subject, name, samples }) => ({ key, subject, name, samples }));
}

async function measure({ server, work }, options) {
  const limit = await hashesPerSecond(options.seconds);
  const before = cpuSeconds(server.pid);
  const { requests, seconds, p50, p99, failures } = await driveAll(work, options);
  const perSecond = requests / seconds;
  return { perSecond, limit, share: perSecond / limit, cpu: ((cpuSeconds(server.pid) - before) * 1000) / requests, p50, p99, failures };
}

function driveAll(work, { connections, seconds }) {
  return driveWorkers({ works: Array.from({ length: connections[0] }, () => work), seconds });
}

async function askByPassword({ issuer, client, person }, agent) {
  const body = new URLSearchParams({ grant_type: 'password', scope: SCOPE, ...person, ...client }).toString();
  const { status } = await send(agent, `${issuer}/token`, { method: 'POST', headers: FORM, body });
  return status === 200;
}

async function hashesPerSecond(seconds) {
  const command = ALL_CORES === null ? [process.execPath] : ['taskset', '--cpu-list', ALL_CORES, process.execPath];
  const { stdout } = await run(command[0], [...command.slice(1), HASHING, String(COST), String(seconds)]);
  return Number(stdout);
}
