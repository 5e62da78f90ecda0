import { median } from './statistics.mjs';
import { NEST } from './yardsticks.mjs';

/**
 * Starts and stops every server in turns, and times it from the start of the process to its first accepted connection.
 * Their databases have been made before: this is a restart, not the first run.
 * @param laid `{ name, start }`
 * @returns a row for each: `{ name, milliseconds, ratio, cpu, cpuRatio }`; medians, ratios to the bare framework of the same turn, cpu in
 *   milliseconds
 */
export async function measureStarts(laid, { starts }, note) {
  const samples = new Map(laid.map(({ name }) => [name, []]));
  for (let turn = 1; turn <= starts; turn += 1) {
    for (const { name, start } of laid) {
      note(`start ${turn} of ${starts}: ${name}`);
      const server = await start();
      samples.get(name).push(server.start);
      await server.stop();
    }
  }
  const yardstick = samples.get(NEST);
  return laid.map(({ name }) => row(name, samples.get(name), yardstick));
}

function row(name, samples, yardstick) {
  return {
    name,
    milliseconds: median(samples.map(({ milliseconds }) => milliseconds)),
    ratio: median(samples.map(({ milliseconds }, turn) => milliseconds / yardstick[turn].milliseconds)),
    cpu: median(samples.map(({ cpu }) => cpu)),
    cpuRatio: median(samples.map(({ cpu }, turn) => cpu / yardstick[turn].cpu)),
  };
}
