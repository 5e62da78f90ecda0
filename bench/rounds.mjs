import { cpuSeconds, forgetPeak, memoryOf } from './servers.mjs';
import { median } from './statistics.mjs';

/**
 * Drives every case once in each round, with each number of connections. The same case of all servers follows one another, so that
 * whatever slows the machine down for a while slows all of them.
 * @param subjects `{ key, name, server, cases }`; the server is its `pid`, or `pids` of several processes that are measured together
 * @param options `{ rounds, seconds, connections }`, the last a list
 * @returns a row for each case and number of connections: `{ key, subject, name, connections, samples }`, with a sample of each round:
 *   `{ perSecond, p50, p99, cpu, peak, failures }`; latencies and processor time of a request in milliseconds, peak in MB
 */
export async function measureRounds(subjects, { rounds, seconds, connections }, note) {
  const jobs = jobsOf(subjects, connections);
  for (let round = 1; round <= rounds; round += 1) {
    for (const job of jobs) {
      note(`round ${round} of ${rounds}: ${job.subject}, ${job.name}, ${job.connections} connections`);
      await job.before?.();
      job.samples.push(await measure(job, { seconds, connections: job.connections }));
    }
  }
  return jobs.map(({ key, subject, name, connections: count, samples }) => ({ key, subject, name, connections: count, samples }));
}

function jobsOf(subjects, connections) {
  const names = [...new Set(subjects.flatMap(({ cases }) => cases.map(({ name }) => name)))];
  const jobs = [];
  for (const name of names)
    for (const count of connections)
      for (const { key, name: subject, server, cases } of subjects)
        for (const one of cases.filter((each) => each.name === name))
          jobs.push({ key, subject, server, ...one, connections: count, samples: [] });
  return jobs;
}

async function measure({ server, drive }, load) {
  const pids = server.pids ?? [server.pid];
  const sum = (of) => pids.reduce((total, pid) => total + of(pid), 0);
  pids.forEach(forgetPeak);
  const before = sum(cpuSeconds);
  const { requests, seconds, p50, p99, failures } = await drive(load);
  const used = sum(cpuSeconds) - before;
  const cpu = requests === 0 ? null : (used * 1000) / requests;
  return { perSecond: requests / seconds, p50, p99, cpu, peak: sum((pid) => memoryOf(pid).most), failures };
}

/** The median of one figure of a row. */
export const middle = ({ samples }, figure) => median(samples.map((sample) => sample[figure]));

/** The median ratio of a figure of two rows, each ratio from one round. @returns null where a row is missing */
export function ratio(row, other, figure = 'perSecond') {
  if (row === undefined || other === undefined) return null;
  const values = row.samples.map((sample, round) => (sample[figure] === null ? null : sample[figure] / other.samples[round][figure]));
  return median(values.filter(Number.isFinite));
}
