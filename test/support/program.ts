import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isArrayBuffer } from 'node:util/types';
import Libsql from 'libsql';
import { createScratchDatabase, findDatabaseServer, writeVectorSiteFolder } from './mariadb.js';
import { TEST_DATABASE } from './start-server.js';

const PROGRAM = fileURLToPath(new URL('../../bin/chartkey.mjs', import.meta.url));
const READY = /Chartkey is ready\.[\s\S]*?Issuer\s+(\S+)/;
const WAIT_FOR_WRITER = 5000;

type Rows = Array<Record<string, unknown>>;
type Settings = Readonly<Record<string, string>>;

/** How a run of the program ended. */
export interface Ended {
  /** null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server in a process of its own. */
export interface RunningProgram {
  readonly origin: string;
  readonly issuer: string;
  /** What it has printed until now. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
  /** Asks it to stop, and waits. */
  stop(): Promise<Ended>;
}

/** The built program with a database of the kind that the run is about, and with no settings but those given. */
export class ProgramSite {
  private readonly children = new Set<ChildProcess>();

  private constructor(
    /** Empty at first, and the working directory of every run. */
    readonly folder: string,
    readonly settings: Settings,
    /** Runs one statement on the database, beside the program. */
    readonly query: (sql: string, values?: readonly unknown[]) => Promise<Rows>,
    private readonly drop: () => Promise<void>,
  ) {}

  static async create(): Promise<ProgramSite> {
    const folder = mkdtempSync(join(tmpdir(), 'chartkey-program-'));
    const dataDir = join(folder, 'data');
    const settings = { CHARTKEY_DATA_DIR: dataDir, PORT: '0' };
    const file = join(dataDir, 'embedded.sqlite');
    if (TEST_DATABASE === 'embedded') {
      return new ProgramSite(
        folder,
        settings,
        (sql, values) => Promise.resolve(queryFile(file, sql, values)),
        () => Promise.resolve(),
      );
    }
    const server = await findDatabaseServer();
    if (!server) throw new Error('the run is about MySQL, and no server was found');
    const scratch = await createScratchDatabase(server);
    writeVectorSiteFolder(join(folder, 'site'));
    await scratch.query("UPDATE globals SET gl_value = '' WHERE gl_name = 'site_addr_oath'"); // localhost, whatever the port
    const database = { DATABASE_URL: scratch.url, OPENEMR_SITE_DIR: join(folder, 'site') };
    return new ProgramSite(folder, { ...settings, ...database }, scratch.query, scratch.drop);
  }

  /** Runs a command to its end. An empty setting counts as absent. */
  run(words: readonly string[], settings: Settings = {}): Promise<Ended> {
    return this.spawn(words, settings).ended;
  }

  /** Runs a command that answers in JSON. @throws Error when it does not end with 0 */
  async json<T>(words: readonly string[], settings: Settings = {}): Promise<T> {
    const { status, stdout, stderr } = await this.run([...words, '--json'], settings);
    if (status !== 0) throw new Error(`chartkey ${words.join(' ')} ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** Starts a server and waits for its banner. @throws Error when it ends before that */
  async serve(settings: Settings = {}): Promise<RunningProgram> {
    const { child, ended, output } = this.spawn(['serve'], settings);
    const issuer = await new Promise<string>((resolve, reject) => {
      const look = (): void => {
        const found = READY.exec(output())?.[1];
        if (found !== undefined) resolve(found);
      };
      child.stdout?.on('data', look);
      void ended.then(({ status, stderr }) => reject(new Error(`the server ended with ${status}: ${stderr}`)));
    });
    const signal = (name: NodeJS.Signals): void => void child.kill(name);
    const stop = (): Promise<Ended> => {
      signal('SIGTERM');
      return ended;
    };
    return { origin: new URL(issuer).origin, issuer, output, signal, ended, stop };
  }

  /** Ends what still runs, and removes database and folder. */
  async close(): Promise<void> {
    for (const child of this.children) child.kill('SIGKILL');
    await this.drop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private spawn(words: readonly string[], settings: Settings): { child: ChildProcess; ended: Promise<Ended>; output: () => string } {
    const env = { PATH: process.env['PATH'], ...this.settings, ...settings };
    const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: this.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.children.add(child);
    const printed = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => (printed[name] += text));
    }
    const ended = new Promise<Ended>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => {
        this.children.delete(child);
        resolve({ status, ...printed });
      });
    });
    return { child, ended, output: () => printed.stdout };
  }
}

function queryFile(file: string, sql: string, values: readonly unknown[] = []): Rows {
  const database = new Libsql(file, { timeout: WAIT_FOR_WRITER });
  try {
    const statement = database.prepare(sql);
    if (statement.reader) return (statement.all([...values]) as Rows).map(withHex);
    statement.run([...values]);
    return [];
  } finally {
    database.close();
  }
}

/** libsql returns what is binary as an ArrayBuffer of another realm, which no matcher can compare. */
function withHex(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, isArrayBuffer(cell) ? Buffer.from(new Uint8Array(cell)).toString('hex') : cell]),
  );
}
