import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/create-app.js';
import type { Clock } from '../../src/platform/ambient/clock.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import type { Config } from '../../src/platform/config/config.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import type { Tracing } from '../../src/platform/tracing/tracing.js';
import { layEmbeddedSite } from './embedded-site.js';
import { plainError } from '../../src/platform/logging/logger.js';
import { freePort } from './free-port.js';
import { LogLines } from './log-lines.js';
import { createScratchDatabase, findDatabaseServer, type ScratchDatabase, writeVectorSiteFolder } from './mariadb.js';
import { ShiftableClock } from './shiftable-clock.js';

/** A started server on a free port, with a database of its own. */
export interface TestServer<C extends Clock = ShiftableClock> {
  /** `http://localhost:<port>`. */
  readonly origin: string;
  readonly issuer: string;
  readonly config: Config;
  readonly clock: C;
  readonly app: NestFastifyApplication;
  readonly database: DataSource;
  readonly logs: LogLines;
  /** Starts a second process' worth of server on the same database. @param env settings that differ */
  replica(env?: Readonly<Record<string, string>>): Promise<TestServer<C>>;
  stop(): Promise<void>;
}

export interface StartOptions<C extends Clock> {
  /** Traces its requests. */
  readonly tracing?: Tracing;
  readonly env?: Readonly<Record<string, string>>;
  readonly clock?: C;
  /** Changes the EHR's database before the server starts; on MySQL only. */
  readonly prepare?: (database: ScratchDatabase) => Promise<void>;
}

/** Which database the run is about: set by the test runner. */
export const TEST_DATABASE: 'embedded' | 'mysql' = process.env['CHARTKEY_TEST_DATABASE'] === 'mysql' ? 'mysql' : 'embedded';

/** Starts a server as `serve` does, on the database that the run is about. */
export async function startServer<C extends Clock = ShiftableClock>(options: StartOptions<C> = {}): Promise<TestServer<C>> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-e2e-'));
  const scratch = TEST_DATABASE === 'mysql' ? await scratchDatabase() : null;
  const database: Record<string, string> = scratch ? { DATABASE_URL: scratch.url, OPENEMR_SITE_DIR: join(folder, 'site') } : {};
  if (scratch) writeVectorSiteFolder(join(folder, 'site'));
  const env = { CHARTKEY_DATA_DIR: join(folder, 'data'), CHARTKEY_SWAGGER_CLIENT: 'on', LOG_LEVEL: 'debug', ...database, ...options.env };
  const clock = options.clock ?? (new ShiftableClock() as unknown as C);
  const clean = async (): Promise<void> => {
    await scratch?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (!scratch && options.env?.['CHARTKEY_DATA_DIR'] === undefined) await layEmbeddedSite(env.CHARTKEY_DATA_DIR);
    if (scratch) await options.prepare?.(scratch);
    return await listen(env, clock, clean, options.tracing);
  } catch (error) {
    await clean();
    throw error;
  }
}

async function listen<C extends Clock>(
  env: Record<string, string>,
  clock: C,
  clean: () => Promise<void>,
  tracing?: Tracing,
): Promise<TestServer<C>> {
  const port = Number(env['PORT'] ?? (await freePort()));
  const config = loadConfig({ ...env, PORT: String(port) });
  const logs = new LogLines();
  const app = await createApp(
    config,
    { clock, random: new SystemRandom() },
    pino({ level: config.logLevel, serializers: { err: plainError }, ...(tracing ? { mixin: tracing.logMembers } : {}) }, logs),
    { tracing: tracing ?? null },
  );
  await app.listen(port, '127.0.0.1');
  const replicas: Array<TestServer<C>> = [];
  return {
    origin: config.publicUrl.origin,
    issuer: config.issuer,
    config,
    clock,
    app,
    database: app.get<DataSource>(getDataSourceToken()),
    logs,
    replica: async (more = {}) => {
      const other = await listen({ ...env, PORT: String(await freePort()), PUBLIC_URL: config.publicAddress, ...more }, clock, () =>
        Promise.resolve(),
      );
      replicas.push(other);
      return other;
    },
    stop: async () => {
      for (const replica of replicas) await replica.stop();
      await app.close();
      await clean();
    },
  };
}

async function scratchDatabase(): Promise<ScratchDatabase> {
  const server = await findDatabaseServer();
  if (!server) throw new Error('the run is about MySQL, and no server was found');
  return createScratchDatabase(server);
}
