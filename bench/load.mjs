import { Agent, request } from 'node:http';
import autocannon from 'autocannon';
import { percentile } from './statistics.mjs';

/**
 * Sends requests that do not depend on each other, as fast as they are answered.
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
 * Sends chains of requests, each made of the answer to the one before it; one chain on each connection. A request is never given up, so
 * that the next round can go on where this one ended.
 * @param chains `{ path, headers, next, take }`: `next()` is the body to send, `take(status, text)` reads the answer and says whether
 *   it was the right one
 * @returns as `drive`
 */
export async function driveChains({ origin, chains, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: chains.length });
  const latencies = [];
  let failures = 0;
  const begun = performance.now();
  const runChain = async (chain) => {
    while (performance.now() - begun < seconds * 1000) {
      const sent = performance.now();
      const { status, text } = await post(agent, `${origin}${chain.path}`, chain.headers, chain.next());
      latencies.push(performance.now() - sent);
      if (chain.take(status, text)) continue;
      failures += 1;
      return; // a broken chain cannot go on
    }
  };
  await Promise.all(chains.map(runChain));
  agent.destroy();
  return summary(latencies, (performance.now() - begun) / 1000, failures);
}

function post(agent, url, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.once('end', () => resolve({ status: answer.statusCode, text })).once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}

function summary(latencies, seconds, failures) {
  const sorted = Float64Array.from(latencies).sort();
  return { requests: sorted.length, seconds, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), failures };
}
