import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { authorizationCases, COSTS, journeyAt } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { flameGraph } from './flame-graph.mjs';
import { callTree, selfTimes } from './profile-tree.mjs';

const PRELOAD = fileURLToPath(new URL('profiler.mjs', import.meta.url));
const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));
const CASES = ['discovery', 'introspection', 'refresh with rotation', 'client credentials', journeyAt(COSTS[0])];
const CONNECTIONS = 16;
const WARM_UP = 3;
const SHOWN = 12;

/** File of a flame graph, beside the page. @param name of a case */
export const flameFile = (name) => `flame-${name.replace(/\W+/g, '-')}.svg`;

/**
 * Profiles Chartkey on the database, case by case. Writes a flame graph of each to `docs/images`.
 * @param run `{ folder, options, database, note, start, atEnd }`
 * @returns list of `{ name, packages }`: where the time goes, `{ name, share }` of the busy time in descending order
 * @throws Error without a database server
 */
export async function measureProfiles({ folder, options, database, note, start, atEnd }) {
  if (database === null) throw new Error('profiles are made on MariaDB or MySQL');
  const file = join(folder, 'profile.json');
  const laid = await layChartkey(join(folder, 'profiled'), database);
  atEnd(laid.remove);
  const server = await start(laid, { preload: PRELOAD, env: { PROFILE_FILE: file } });
  const cases = await authorizationCases(server, await laid.prepare(server), CONNECTIONS);
  mkdirSync(IMAGES, { recursive: true });
  const rows = [];
  for (const one of cases.filter(({ name }) => CASES.includes(name))) {
    note(`profile: ${one.name}`);
    await one.before?.();
    await one.drive({ connections: CONNECTIONS, seconds: WARM_UP });
    const profile = await profileOf(server, file, () => one.drive({ connections: CONNECTIONS, seconds: options.seconds }));
    writeFileSync(join(IMAGES, flameFile(one.name)), flameGraph(callTree(profile), one.name));
    rows.push({ name: one.name, packages: selfTimes(profile).slice(0, SHOWN) });
  }
  return rows;
}

async function profileOf({ pid }, file, work) {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  await work();
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(100);
  await sleep(500); // until it is whole
  return JSON.parse(readFileSync(file, 'utf8'));
}
