import { join } from 'node:path';
import { authorizationCases, COSTS, journeyAt } from './cases.mjs';
import { layChartkey } from './chartkey.mjs';
import { memoryOf } from './servers.mjs';

const WARM_UP_SECONDS = 60;
const SAMPLE_MILLISECONDS = 1000;
/** Connections of each case: 64 together. */
export const MIX = {
  introspection: 24,
  userinfo: 18,
  'refresh with rotation': 10,
  'client credentials': 6,
  discovery: 2,
  [journeyAt(COSTS[0])]: 4,
};

/**
 * Has one server bear mixed load for a while and watches its memory.
 * @param run `{ folder, options, database, note, start, atEnd }`; `options.minutes` is how long, after a minute of warm-up
 * @returns `{ subject, minutes, first, last, most, requests, failures }`: memory in MB, mean of the first and the last quarter, and most
 */
export async function soak({ folder, options, database, note, start, atEnd }) {
  const laid = await layChartkey(join(folder, 'soak'), database);
  atEnd(laid.remove);
  const server = await start(laid);
  const cases = await authorizationCases(server, await laid.prepare(server), Math.max(...Object.values(MIX)));
  const mixed = cases.filter(({ name }) => name in MIX);
  for (const { before } of mixed) await before?.();
  const driveAll = (seconds) => Promise.all(mixed.map((one) => one.drive({ connections: MIX[one.name], seconds })));
  note(`${laid.name}: warm-up of the soak`);
  await driveAll(options.isQuick ? 5 : WARM_UP_SECONDS);
  note(`${laid.name}: ${options.minutes} minutes of mixed load`);
  const samples = [];
  const watch = setInterval(() => samples.push(memoryOf(server.pid).now), SAMPLE_MILLISECONDS);
  const results = await driveAll(options.minutes * 60);
  clearInterval(watch);
  const quarter = Math.floor(samples.length / 4);
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    subject: laid.name,
    minutes: options.minutes,
    first: mean(samples.slice(0, quarter)),
    last: mean(samples.slice(-quarter)),
    most: memoryOf(server.pid).most,
    requests: results.reduce((sum, { requests }) => sum + requests, 0),
    failures: results.reduce((sum, { failures }) => sum + failures, 0),
  };
}
