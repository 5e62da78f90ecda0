import { median } from './statistics.mjs';

/**
 * Starts and stops every server in turns, and times it from the start of the process to its first accepted connection.
 * Their databases have been made before: this is a restart, not the first run.
 * @param laid `{ key, name, start }`, among them the bare framework, whose key is `nest`
 * @returns a row for each: `{ key, name, milliseconds, ratio, cpu, cpuRatio }`; medians, ratios to the bare framework of the same turn, cpu in
 *   milliseconds
 */
export async function measureStarts(laid, { starts }, note) {
  const samples = new Map(laid.map(({ key }) => [key, []]));
  for (let turn = 1; turn <= starts; turn += 1) {
    for (const { key, name, start } of laid) {
      note(`start ${turn} of ${starts}: ${name}`);
      const server = await start();
      samples.get(key).push(server.start);
      await server.stop();
    }
  }
  const yardstick = samples.get('nest');
  return laid.map(({ key, name }) => ({ key, name, ...row(samples.get(key), yardstick) }));
}

function row(samples, yardstick) {
  return {
    milliseconds: median(samples.map(({ milliseconds }) => milliseconds)),
    ratio: median(samples.map(({ milliseconds }, turn) => milliseconds / yardstick[turn].milliseconds)),
    cpu: median(samples.map(({ cpu }) => cpu)),
    cpuRatio: median(samples.map(({ cpu }, turn) => cpu / yardstick[turn].cpu)),
  };
}
