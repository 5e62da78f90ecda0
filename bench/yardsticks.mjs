import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drive } from './load.mjs';
import { freePort, startServer } from './servers.mjs';

/** Verifies and signs as `client_credentials` must, and does nothing else. */
export const SIGNING = 'signatures alone';
const PROGRAMS = { 'plain Fastify': 'fastify.mjs', 'Nest on Fastify': 'nest.mjs', [SIGNING]: 'signing.mjs' };

/** The yardstick that every ratio refers to. */
export const NEST = 'Nest on Fastify';
export const HELLO = 'hello';

/**
 * Lays out a server that does nothing but answer.
 * @param name one of `plain Fastify`, `Nest on Fastify`, `signatures alone`
 * @param bodyBytes length of the answer to `/bytes`
 * @returns `{ name, start, remove }`, as Chartkey is laid out
 */
export function layYardstick(folder, name, bodyBytes = 0) {
  mkdirSync(folder, { recursive: true });
  const program = [fileURLToPath(new URL(`yardsticks/${PROGRAMS[name]}`, import.meta.url))];
  return {
    name,
    start: async () => startServer(program, { folder, env: { BODY_BYTES: String(bodyBytes) }, port: await freePort() }),
    remove: async () => {},
  };
}

/** What is asked of a yardstick: `{ name, drive }` for a few bytes, and for as many as the discovery document has. */
export function yardstickCases(server) {
  const of = (name, path) => ({
    name,
    drive: ({ connections, seconds }) => drive({ origin: server.origin, requests: [{ method: 'GET', path }], connections, seconds }),
  });
  return [of(HELLO, '/hello'), of('discovery-sized answer', '/bytes')];
}
