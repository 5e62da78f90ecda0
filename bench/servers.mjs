import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PINS } from './machine.mjs';

const START_SECONDS = 60;
const POLL_MILLISECONDS = 3;
const TICKS_PER_SECOND = 100; // USER_HZ, which Linux fixes for /proc

/**
 * Starts a server as a process of its own and waits until it listens.
 * @param program file that Node runs, with its arguments; it listens on 127.0.0.1 on the port of its environment variable PORT
 * @param how `{ folder, env, port, cores }`: folder is where it runs and where its output goes, with nothing of the caller's `.env`; cores
 *   as `taskset` takes them, by default the one of servers under test
 * @returns `{ origin, port, pid, start, stop }`; start is what it took to listen: `{ milliseconds, cpu }`, cpu in milliseconds too
 * @throws Error with the end of its output when it stops or does not listen in time
 */
export async function startServer(program, { folder, env, port, cores = PINS?.servers ?? null }) {
  const log = join(folder, 'server.log');
  const output = openSync(log, 'w');
  const command = cores === null ? [process.execPath] : ['taskset', '--cpu-list', cores, process.execPath];
  const begun = performance.now();
  const child = spawn(command[0], [...command.slice(1), ...program], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env, PORT: String(port) },
    stdio: ['ignore', output, output],
  });
  const stop = () => stopProcess(child);
  try {
    await untilListening(port, child);
  } catch (error) {
    await stop();
    throw new Error(`${program.join(' ')} ${error.message}:\n${readFileSync(log, 'utf8').slice(-2000)}`, { cause: error });
  }
  const start = { milliseconds: performance.now() - begun, cpu: cpuSeconds(child.pid) * 1000 };
  return { origin: `http://localhost:${port}`, port, pid: child.pid, start, stop };
}

async function stopProcess(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(late);
}

async function untilListening(port, child) {
  const deadline = performance.now() + START_SECONDS * 1000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`ended with ${child.exitCode ?? child.signalCode}`);
    if (await accepts(port)) return;
    await sleep(POLL_MILLISECONDS);
  }
  throw new Error(`did not listen within ${START_SECONDS} s`);
}

function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** @returns a port of loopback that nobody uses just now */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Processor time that a process has used so far, in seconds, all threads together. */
export function cpuSeconds(pid) {
  if (process.platform === 'linux') {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND; // utime and stime, proc(5)
  }
  const time = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  return time.split(/[-:]/).reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** Resident memory of a process in MB: now and at most so far; the latter is null where the system does not tell. */
export function memoryOf(pid) {
  if (process.platform === 'linux') {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
  }
  return { now: Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024, most: null };
}

/** Has the system forget the most memory that a process had, where it can: what `memoryOf` tells as `most` counts from now on. */
export function forgetPeak(pid) {
  if (process.platform === 'linux') writeFileSync(`/proc/${pid}/clear_refs`, '5'); // proc(5)
}
