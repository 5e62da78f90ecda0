import { setTimeout as sleep } from 'node:timers/promises';
import { hash } from '@node-rs/bcrypt';
import { introspectionRequests } from './cases.mjs';
import { drive } from './load.mjs';
import { collectTokens, PHYSICIAN, registerClient, signIn } from './sign-in.mjs';
import { median } from './statistics.mjs';

/** Its name, for `--only`. */
export const BESIDE = 'introspection beside sign-ins';
export const SIGN_INS = 8;
export const BCRYPT_COST = 12;
/** Of the load that is measured: one request after the other, and what the other cases are driven with. */
const connectionsOf = ({ connections }) => [...new Set([1, connections])];
const ACCESS_TOKENS = 8;
const UNTIL_ALL_HASH = 500;

/**
 * Gives the person who signs in a password hash of the cost that is measured, and the site the setting that keeps it so.
 * @param laid of `layChartkey`, started at least once
 */
export async function makeSignInsCostly({ query }) {
  const stored = await hash(PHYSICIAN.password, { cost: BCRYPT_COST, version: '2y' });
  await query('UPDATE users_secure SET password = ? WHERE username = ?', [stored, PHYSICIAN.username]);
  await query("UPDATE globals SET gl_value = ? WHERE gl_name = 'gbl_auth_bcrypt_hash_cost'", [String(BCRYPT_COST)]);
}

/**
 * Measures introspection with nothing beside it and with so many sign-ins always in flight, one after the other in each round.
 * @param subjects `{ name, server }`, of Chartkey
 * @returns a row for each subject and number of connections: `{ subject, connections, idle, beside, p50Ratio, p99Ratio, signIns, failures }`;
 *   idle and beside are `{ p50, p99 }` in milliseconds, signIns is how many ended in a second, all of them medians
 */
export async function measureBesideSignIns(subjects, options, note) {
  const jobs = [];
  for (const { name: subject, server } of subjects) {
    const client = await registerClient(server.issuer);
    const tokens = await collectTokens(server.issuer, client, ACCESS_TOKENS);
    const requests = introspectionRequests(server, client, tokens);
    for (const connections of connectionsOf(options)) jobs.push({ subject, server, client, requests, connections, samples: [] });
  }
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const job of jobs) {
      note(`round ${round} of ${options.rounds}: ${job.subject}, ${BESIDE}, connections: ${job.connections}`);
      job.samples.push(await measure(job, options));
    }
  }
  return jobs.map(row);
}

async function measure({ server, client, requests, connections }, { seconds }) {
  const load = { origin: server.origin, requests, connections, seconds };
  const idle = await drive(load);
  const signIns = keepSigningIn(server.issuer, client);
  await sleep(UNTIL_ALL_HASH);
  const before = signIns.count();
  const beside = await drive(load);
  const ended = signIns.count() - before;
  await signIns.stop();
  return { idle, beside, signIns: ended / beside.seconds };
}

/** Keeps people signing in: whoever has done it begins again. @returns `{ count, stop }` */
function keepSigningIn(issuer, client) {
  let count = 0;
  let isOver = false;
  const person = async () => {
    while (!isOver) {
      await signIn(issuer, client);
      count += 1;
    }
  };
  const people = Promise.all(Array.from({ length: SIGN_INS }, person));
  people.catch(() => {}); // told by stop
  const stop = () => {
    isOver = true;
    return people;
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
