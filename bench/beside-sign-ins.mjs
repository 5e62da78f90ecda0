import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { introspectionRequests } from './cases.mjs';
import { drive } from './load.mjs';
import { collectTokens, signIn } from './sign-in.mjs';
import { median } from './statistics.mjs';

export const SIGN_INS = 8;
export const BCRYPT_COST = 12;
const ACCESS_TOKENS = 8;
const UNTIL_ALL_HASH = 500;

/**
 * Measures introspection with nothing beside it and with so many sign-ins always in flight, one after the other in each round.
 * @param subjects `{ name, server, tenant }`, of Chartkey
 * @param options `{ rounds, seconds, connections }`; of the connections, only the fewest are measured, and one
 * @returns a row for each subject and number of connections: `{ subject, connections, idle, beside, p50Ratio, p99Ratio, signIns, failures }`;
 *   idle and beside are `{ p50, p99 }` in milliseconds, signIns is how many ended in a second, all of them medians
 */
export async function measureBesideSignIns(subjects, options, note) {
  const jobs = [];
  for (const { name: subject, server, tenant } of subjects) {
    const target = { issuer: server.issuer, person: await tenant.personAt(BCRYPT_COST), ...tenant.plain };
    const requests = introspectionRequests(server, target.client, await collectTokens(target, ACCESS_TOKENS));
    for (const connections of new Set([1, options.connections[0]]))
      jobs.push({ subject, server, target, requests, connections, samples: [] });
  }
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const job of jobs) {
      note(`round ${round} of ${options.rounds}: ${job.subject}, introspection beside sign-ins, connections: ${job.connections}`);
      job.samples.push(await measure(job, options));
    }
  }
  return jobs.map(row);
}

async function measure({ server, target, requests, connections }, { seconds }) {
  const load = { origin: server.origin, requests, connections, seconds };
  const idle = await drive(load);
  const signIns = keepSigningIn(target);
  await sleep(UNTIL_ALL_HASH);
  const before = signIns.count();
  const beside = await drive(load);
  const ended = signIns.count() - before;
  await signIns.stop();
  return { idle, beside, signIns: ended / beside.seconds };
}

/** Keeps people signing in: whoever has done it begins again. @returns `{ count, stop }` */
function keepSigningIn(target) {
  const agent = new Agent({ keepAlive: true });
  let count = 0;
  let isOver = false;
  const person = async () => {
    while (!isOver) {
      await signIn(target, agent);
      count += 1;
    }
  };
  const people = Promise.all(Array.from({ length: SIGN_INS }, person));
  people.catch(() => {}); // told by stop
  const stop = async () => {
    isOver = true;
    await people;
    agent.destroy();
  };
  return { count: () => count, stop };
}

function row({ subject, connections, samples }) {
  const middle = (of) => median(samples.map(of));
  const latencies = (which) => ({ p50: middle((sample) => sample[which].p50), p99: middle((sample) => sample[which].p99) });
  return {
    subject,
    connections,
    idle: latencies('idle'),
    beside: latencies('beside'),
    p50Ratio: middle(({ idle, beside }) => beside.p50 / idle.p50),
    p99Ratio: middle(({ idle, beside }) => beside.p99 / idle.p99),
    signIns: middle((sample) => sample.signIns),
    failures: samples.reduce((sum, { idle, beside }) => sum + idle.failures + beside.failures, 0),
  };
}
