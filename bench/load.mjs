import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { percentile } from './statistics.mjs';

/**
 * Sends requests that do not depend on each other, as fast as they are answered, with autocannon.
 * @param requests sent in turn on every connection: `{ method, path, headers, body }`
 * @returns `{ requests, seconds, p50, p99, failures }`; latencies in milliseconds, failures counts every answer that is not 2xx
 */
export async function drive({ origin, requests, connections, seconds }) {
  const latencies = [];
  const result = await new Promise((resolve, reject) => {
    const instance = autocannon({ url: origin, connections, duration: seconds, requests }, (error, outcome) =>
      error ? reject(error) : resolve(outcome),
    );
    instance.on('response', (_client, _status, _bytes, milliseconds) => latencies.push(milliseconds));
  });
  return summary(latencies, result.duration, result.non2xx + result.errors + result.timeouts + result.mismatches);
}

/**
 * Has workers do something again and again. What has begun is never given up, so that the next round can go on where this one ended; for
 * the same reason autocannon cannot do it: at its end it cuts requests off whose answers the next ones are made of.
 * @param works a function for each worker, which does the thing once and says whether it went right
 * @returns as `drive`
 */
export async function driveWorkers({ works, seconds }) {
  const latencies = [];
  let failures = 0;
  const begun = performance.now();
  const runWorker = async (work) => {
    while (performance.now() - begun < seconds * 1000) {
      const sent = performance.now();
      const isRight = await work();
      latencies.push(performance.now() - sent);
      if (isRight) continue;
      failures += 1;
      return; // what hangs on the answer cannot go on
    }
  };
  await Promise.all(works.map(runWorker));
  return summary(latencies, (performance.now() - begun) / 1000, failures);
}

/**
 * Sends chains of requests, each made of the answer to the one before it; one chain on each connection.
 * @param chains `{ path, headers, next, take }`: `next()` is the body to send, `take(status, text)` reads the answer and says whether
 *   it was the right one
 * @returns as `drive`
 */
export async function driveChains({ origin, chains, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: chains.length });
  const works = chains.map((chain) => () => takeStep(agent, origin, chain));
  const result = await driveWorkers({ works, seconds });
  agent.destroy();
  return result;
}

/** Sends the next request of a chain. @returns whether the answer was the right one */
export async function takeStep(agent, origin, { path, headers, next, take }) {
  const { status, text } = await send(agent, `${origin}${path}`, { method: 'POST', headers, body: next() });
  return take(status, text);
}

/** Sends one request. @param agent of `node:http`; undefined for the usual one @returns `{ status, headers, text }`; headers as Node.js gives them */
export function send(agent, url, { method = 'GET', headers, body = '' }) {
  const length = body === '' ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers: { ...headers, ...length } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.once('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text })).once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}

function summary(latencies, seconds, failures) {
  const sorted = Float64Array.from(latencies).sort();
  return { requests: sorted.length, seconds, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), failures };
}
