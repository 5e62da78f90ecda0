import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drive } from './load.mjs';
import { freePort, startServer } from './servers.mjs';

/** By their keys. The last verifies and signs as `client_credentials` must, and does nothing else. */
const YARDSTICKS = {
  fastify: { name: 'plain Fastify', program: 'fastify.mjs' },
  nest: { name: 'Nest on Fastify', program: 'nest.mjs' },
  signing: { name: 'signatures alone', program: 'signing.mjs' },
};

export const HELLO = 'hello';
export const DISCOVERY_SIZED = 'discovery-sized answer';
export const JWKS_SIZED = 'jwks-sized answer';

/**
 * Lays out a server that does nothing but answer.
 * @param key one of `fastify`, `nest`, `signing`
 * @param bytes lengths of the answers to `/discovery` and `/jwks`: `{ discovery, jwks }`
 * @returns `{ key, name, start, remove }`, as Chartkey is laid out
 */
export function layYardstick(folder, key, bytes = { discovery: 0, jwks: 0 }) {
  mkdirSync(folder, { recursive: true });
  const { name, program } = YARDSTICKS[key];
  const file = fileURLToPath(new URL(`yardsticks/${program}`, import.meta.url));
  const env = { DISCOVERY_BYTES: String(bytes.discovery), JWKS_BYTES: String(bytes.jwks) };
  return {
    key,
    name,
    start: async () => startServer([file], { folder, env, port: await freePort() }),
    remove: async () => {},
  };
}

/** What is asked of a yardstick: `{ name, drive }` for a few bytes, and for as many as two documents have. */
export function yardstickCases({ origin }) {
  const of = (name, path) => ({ name, drive: (load) => drive({ origin, requests: [{ method: 'GET', path }], ...load }) });
  return [of(HELLO, '/hello'), of(DISCOVERY_SIZED, '/discovery'), of(JWKS_SIZED, '/jwks')];
}
