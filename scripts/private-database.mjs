import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

const run = promisify(execFile);

const BINARIES = ['mariadbd', 'mysqld'];
const INSTALLERS = ['mariadb-install-db', 'mysql_install_db'];
/** Where distributions keep servers, which is often not in a person's PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/local/bin', '/opt/homebrew/bin'];
const START_SECONDS = 60;
/** Test data may be lost in a power cut; what counts is little memory, quick table making, and room for many pools. */
const TUNING = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=64M',
  '--skip-log-bin',
  '--max-connections=400',
];

/**
 * Holds a program on the pipe that is its standard input: when the pipe closes, because we close it or because we are gone,
 * a watcher asks the program to stop. When the program stops by itself, so does the shell.
 */
const TETHER = `
  exec 3<&0
  "$@" 3<&- & program=$!
  { cat <&3 > /dev/null; kill "$program"; } & watcher=$!
  exec 3<&-
  wait "$program"
  kill "$watcher" 2> /dev/null`;

function findProgram(names, folders) {
  const candidates = names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where the server program of MariaDB or MySQL is on this machine, or null. */
export function findServerBinary(path = process.env.PATH ?? '') {
  return findProgram(BINARIES, [...path.split(delimiter), ...SERVER_FOLDERS]);
}

/**
 * Starts a server that nobody else can reach: data in a new temporary folder, no network, one socket.
 * It ends with `stop()`, and also when this process ends in any other way.
 * @param binary path of `mariadbd` or `mysqld`
 * @returns `{ url, stop }`; url is `mysql://root@localhost/?socketPath=…`
 * @throws Error with the last lines of the server's log when it cannot be set up or does not answer in time
 */
export async function startPrivateServer(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-db-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'sql.sock');
  const log = join(folder, 'server.log');
  const user = process.getuid?.() === 0 ? ['--user=root'] : []; // a server refuses to be root without being told so
  let server;
  const stop = async () => {
    if (server !== undefined) await release(server);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await layData(binary, data, user);
    const places = [`--datadir=${data}`, `--socket=${socket}`, '--skip-networking', `--log-error=${log}`];
    server = spawnTethered(binary, ['--no-defaults', ...places, ...user, ...TUNING]);
    const url = `mysql://root@localhost/?${new URLSearchParams({ socketPath: socket })}`;
    await untilAnswering(url, server, log);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes the system tables, with a `root` that needs no password: only this user's processes can open the socket's folder. */
async function layData(binary, data, user) {
  const { stdout } = await run(binary, ['--no-defaults', '--version']);
  if (!stdout.includes('MariaDB')) {
    await run(binary, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user]);
    return;
  }
  const folders = [join(dirname(binary), '../bin'), join(dirname(binary), '../scripts'), dirname(binary)];
  const installer = findProgram(INSTALLERS, [...folders, ...(process.env.PATH ?? '').split(delimiter)]);
  if (installer === null) throw new Error(`${binary} is here, but not ${INSTALLERS.join(' or ')}, which lays its system tables`);
  mkdirSync(data);
  await run(installer, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user]);
}

/** Starts a program that ends when we do, however we end: in its own process group, so that Ctrl-C reaches it through us alone. */
function spawnTethered(binary, args) {
  return spawn('/bin/sh', ['-c', TETHER, 'sh', binary, ...args], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
}

async function release(child) {
  const running = child.exitCode === null && child.signalCode === null;
  const ended = running ? once(child, 'exit') : undefined;
  child.stdin.end();
  await ended;
}

async function untilAnswering(url, server, log) {
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline && server.exitCode === null) {
    const connection = await createConnection({ uri: url }).catch(() => null);
    if (connection !== null) return connection.end();
    await sleep(100);
  }
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') : 'no log was written';
  throw new Error(`the private database server did not answer within ${START_SECONDS} s:\n${lines}`);
}
