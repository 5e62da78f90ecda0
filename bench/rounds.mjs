import { HELLO, NEST } from './yardsticks.mjs';
import { cpuSeconds } from './servers.mjs';
import { median } from './statistics.mjs';

/**
 * Drives every case once in each round, one after the other, so that whatever slows the machine down for a while slows all of them.
 * @param subjects `{ name, server, cases }`
 * @param options `{ rounds, seconds, connections }`
 * @returns a row for each case: `{ subject, name, perSecond, ratio, p50, p99, cpu, cpuRatio, failures }`; medians over the rounds, ratios
 *   to the yardstick of the same round, cpu in milliseconds for each request
 */
export async function measureRounds(subjects, { rounds, seconds, connections }, note) {
  const jobs = subjects.flatMap(({ name: subject, server, cases }) => cases.map((one) => ({ subject, server, ...one, samples: [] })));
  for (let round = 1; round <= rounds; round += 1) {
    for (const job of jobs) {
      note(`round ${round} of ${rounds}: ${job.subject}, ${job.name}`);
      job.samples.push(await measure(job, { seconds, connections }));
    }
  }
  const yardstick = jobs.find(({ subject, name }) => subject === NEST && name === HELLO);
  return jobs.map((job) => row(job, yardstick));
}

async function measure({ server, drive }, load) {
  const before = cpuSeconds(server.pid);
  const sample = await drive(load);
  const used = cpuSeconds(server.pid) - before;
  return { ...sample, perSecond: sample.requests / sample.seconds, cpu: sample.requests === 0 ? null : (used * 1000) / sample.requests };
}

function row({ subject, name, samples }, yardstick) {
  const middle = (of) => median(samples.map(of));
  return {
    subject,
    name,
    perSecond: middle((sample) => sample.perSecond),
    ratio: middle((sample, round) => sample.perSecond / yardstick.samples[round].perSecond),
    p50: middle((sample) => sample.p50),
    p99: middle((sample) => sample.p99),
    cpu: middle((sample) => sample.cpu),
    cpuRatio: middle((sample, round) => (sample.cpu === null ? null : sample.cpu / yardstick.samples[round].cpu)),
    failures: samples.reduce((sum, sample) => sum + sample.failures, 0),
  };
}
