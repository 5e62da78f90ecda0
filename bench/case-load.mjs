import { join } from 'node:path';
import { authorizationCases, checkAnswers } from './cases.mjs';
import { measureRounds } from './rounds.mjs';
import { memoryOf } from './servers.mjs';
import { signingCases } from './services.mjs';
import { layYardstick, yardstickCases } from './yardsticks.mjs';

const WARM_UP = { rounds: 1, seconds: 2 };

/** How long the answers are to which yardsticks answer as much: `{ discovery, jwks }`, in bytes. */
async function documentSizes({ issuer }) {
  const sizeOf = async (path) => (await (await fetch(`${issuer}${path}`)).arrayBuffer()).byteLength;
  return { discovery: await sizeOf('/.well-known/openid-configuration'), jwks: await sizeOf('/jwk') };
}

/**
 * Measures Chartkey, oidc-provider and the yardsticks side by side, case by case.
 * @param run `{ folder, options, note, layServers, start }`
 * @param isWanted of the name of a case
 * @returns `{ rows, sizes }`: rows of `measureRounds`, and `{ key, name, idle }` of each server, in MB
 */
export async function measureCases({ folder, options, note, layServers, start }, isWanted) {
  const most = Math.max(...options.connections);
  const subjects = [];
  for (const laid of await layServers()) {
    const server = await start(laid);
    note(`${laid.name}: signing in`);
    const cases = await authorizationCases(server, await laid.prepare(server), most);
    subjects.push({ key: laid.key, name: laid.name, server, cases: cases.filter(({ name }) => isWanted(name)) });
  }
  const bytes = await documentSizes(subjects[0].server);
  for (const key of ['nest', 'fastify']) {
    const laid = layYardstick(join(folder, key), key, bytes);
    const server = await start(laid);
    subjects.unshift({ key, name: laid.name, server, cases: yardstickCases(server) });
  }
  const signing = layYardstick(join(folder, 'signing'), 'signing');
  const server = await start(signing);
  subjects.push({ key: signing.key, name: signing.name, server, cases: signingCases(server).filter(({ name }) => isWanted(name)) });
  await checkAnswers(subjects.flatMap(({ cases }) => cases));
  await measureRounds(subjects, { connections: [most], ...WARM_UP }, (text) => note(`warm-up, ${text}`));
  const sizes = subjects.map(({ key, name, server: { idle } }) => ({ key, name, idle }));
  return { rows: await measureRounds(subjects, options, note), sizes };
}

/** Starts a server as its `start` is told and looks at its memory when it has come to rest. @returns the server, with `idle` in MB */
export async function startAtRest(laid, how, rest) {
  const server = await laid.start(how);
  await rest();
  return { ...server, idle: memoryOf(server.pid).now };
}
