import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';

const run = promisify(execFile);

/** A database server which this process started for itself. */
export interface PrivateServer {
  /** `mysql://root@localhost?socketPath=…` */
  url: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

const BINARIES = ['mariadbd', 'mysqld'];
const INSTALLERS = ['mariadb-install-db', 'mysql_install_db'];
/** Where distributions keep servers, which is often not in a person's PATH. */
const SERVER_FOLDERS = ['/usr/sbin', '/usr/local/sbin', '/usr/libexec', '/usr/local/bin', '/opt/homebrew/bin'];
const START_SECONDS = 60;
/** A test database may lose everything in a power cut: what counts is that tables are made quickly and memory is spared. */
const HASTE = ['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-buffer-pool-size=64M', '--skip-log-bin'];

/** Where the server program of MariaDB or MySQL is on this machine, or null. */
export function findServerBinary(path = process.env['PATH'] ?? ''): string | null {
  return findProgram(BINARIES, [...path.split(delimiter), ...SERVER_FOLDERS]);
}

function findProgram(names: readonly string[], folders: readonly string[]): string | null {
  const candidates = names.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)));
  return candidates.find(isProgram) ?? null;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a server that nobody else can reach: data in a new temporary folder, no network, one socket.
 * It ends with `stop()`, and also when this process ends in any way.
 * @param binary path of `mariadbd` or `mysqld`
 * @throws Error with the last lines of the server's log when it cannot be set up or does not answer in time
 */
export async function startPrivateServer(binary: string): Promise<PrivateServer> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-db-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'sql.sock');
  const log = join(folder, 'server.log');
  const user = process.getuid?.() === 0 ? ['--user=root'] : []; // a server refuses to be root without being told so
  try {
    await layData(binary, data, user);
    const server = spawnTethered(folder, binary, [
      '--no-defaults',
      `--datadir=${data}`,
      `--socket=${socket}`,
      '--skip-networking',
      `--log-error=${log}`,
      ...user,
      ...HASTE,
    ]);
    const url = `mysql://root@localhost?${new URLSearchParams({ socketPath: socket })}`;
    const stop = async (): Promise<void> => {
      await release(server);
      rmSync(folder, { recursive: true, force: true });
    };
    await untilAnswering(url, server, log).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url, stop };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Makes the system tables, with a `root` that needs no password: only this user's processes can open the socket's folder. */
async function layData(binary: string, data: string, user: readonly string[]): Promise<void> {
  const { stdout } = await run(binary, ['--no-defaults', '--version']);
  if (!stdout.includes('MariaDB')) {
    await run(binary, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user]);
    return;
  }
  const folders = [join(dirname(binary), '../bin'), join(dirname(binary), '../scripts'), dirname(binary)];
  const installer = findProgram(INSTALLERS, [...folders, ...(process.env['PATH'] ?? '').split(delimiter)]);
  if (installer === null) throw new Error(`${binary} is here, but not ${INSTALLERS.join(' or ')}, which lays its system tables`);
  mkdirSync(data);
  await run(installer, ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db', ...user]);
}

/**
 * Holds a program on the pipe that is its standard input: when the pipe closes, because we ask for it or because we are gone,
 * a watcher asks the program to stop. The folder goes with it. When the
 * program fails, the shell ends too, and leaves the folder, where the log is.
 */
const TETHER = `
  folder=$1; shift
  exec 3<&0
  "$@" 3<&- & program=$!
  { cat <&3 > /dev/null; kill "$program"; } & watcher=$!
  exec 3<&-
  wait "$program" && rm -rf "$folder"
  kill "$watcher" 2> /dev/null`;

/** Starts a program that ends, and takes its folder with it, when we do, however we end. It does not keep this process running. */
function spawnTethered(folder: string, binary: string, args: readonly string[]): ChildProcess {
  const child = spawn('/bin/sh', ['-c', TETHER, 'sh', folder, binary, ...args], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return child;
}

async function release(child: ChildProcess): Promise<void> {
  const running = child.exitCode === null && child.signalCode === null;
  const ended = running ? once(child, 'exit') : undefined;
  child.ref();
  child.stdin?.end();
  await ended;
}

async function untilAnswering(url: string, server: ChildProcess, log: string): Promise<void> {
  const pause = 100;
  for (let waited = 0; waited < START_SECONDS * 1000; waited += pause) {
    const connection = await createConnection({ uri: url }).catch(() => null);
    if (connection !== null) return connection.end();
    if (server.exitCode !== null) break;
    await sleep(pause);
  }
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-5).join('\n') : 'no log was written';
  const what = server.exitCode === null ? `did not answer within ${START_SECONDS} s` : 'ended at its start';
  throw new Error(`the private database server ${what}:\n${lines}`);
}
