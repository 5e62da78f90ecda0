import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const LOCAL_SERVER = 'redis://127.0.0.1:6379';
const ANSWER_MILLISECONDS = 3000;
const START_SECONDS = 20;

/** What the server calls itself, e.g. `Redis 7.0.15`. @throws Error when it does not answer or wants a password */
async function versionOf(url) {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: ANSWER_MILLISECONDS });
  client.on('error', () => undefined); // `connect` tells it as well
  try {
    await client.connect();
    return `Redis ${/redis_version:(\S+)/.exec(await client.info('server'))?.[1] ?? '(unknown version)'}`;
  } finally {
    client.disconnect();
  }
}

function findServerBinary(path = process.env.PATH ?? '') {
  const files = path.split(delimiter).flatMap((folder) => (folder === '' ? [] : [join(folder, 'redis-server')]));
  return (
    files.find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }) ?? null
  );
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a server of our own, on a free port of this machine, that keeps nothing. It ends when its standard input does: with us at the latest. */
async function startPrivateServer(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-redis-'));
  const port = await freePort();
  const args = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder].map(String);
  const tether = '"$@" < /dev/null & program=$!; cat > /dev/null; kill "$program"; wait "$program"';
  const child = spawn('/bin/sh', ['-c', tether, 'sh', binary, ...args], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const stop = async () => {
    const ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
    child.stdin.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `redis://127.0.0.1:${port}`;
  for (const deadline = Date.now() + START_SECONDS * 1000; Date.now() < deadline; await sleep(50)) {
    const version = await versionOf(url).catch(() => null);
    if (version !== null) return { url, version, stop };
  }
  await stop();
  throw new Error(`the private Redis did not answer within ${START_SECONDS} s`);
}

/**
 * Looks for Redis to test with: `TEST_REDIS_URL`; a server on 127.0.0.1:6379 that wants no password; the program `redis-server`, which is
 * started and keeps nothing.
 * @returns `{ url, version, place, stop }`, where `stop()` ends a server that was started here and leaves any other alone; null when there
 *   is none
 * @throws Error when `TEST_REDIS_URL` is set and does not work, or the program is there and does not start
 */
export async function findRedis(env = process.env) {
  const untouched = () => Promise.resolve();
  const named = env.TEST_REDIS_URL ?? '';
  if (named !== '') {
    const version = await versionOf(named).catch((error) => {
      throw new Error(`the Redis that TEST_REDIS_URL names does not answer: ${error.code ?? error.message}`, { cause: error });
    });
    return { url: named, version, place: 'TEST_REDIS_URL', stop: untouched };
  }
  const local = await versionOf(LOCAL_SERVER).catch(() => null);
  if (local !== null) return { url: LOCAL_SERVER, version: local, place: '127.0.0.1:6379', stop: untouched };
  const binary = findServerBinary(env.PATH);
  if (binary === null) return null;
  const { url, version, stop } = await startPrivateServer(binary);
  return { url, version, place: `${binary}, started for the tests`, stop };
}
