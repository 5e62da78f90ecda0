import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createApp } from '../../src/create-app.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import type { Config } from '../../src/platform/config/config.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { ShiftableClock } from './shiftable-clock.js';

/** The application, ready but not listening, and what it would answer. */
export interface WatchedApp {
  readonly app: NestFastifyApplication;
  readonly config: Config;
  /** `GET /oauth2/default/jwk`, sorted; every route that was registered, by whatever part of the program. */
  readonly served: readonly string[];
  close(): Promise<void>;
}

/** Builds the application on a new embedded demo site and notes each route as it is registered. */
export async function watchRoutes(): Promise<WatchedApp> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-routes-'));
  const config = loadConfig({ CHARTKEY_DATA_DIR: folder });
  const app = await createApp(config, { clock: new ShiftableClock(), random: new SystemRandom() }, pino({ level: 'silent' }));
  const served = new Set<string>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) served.add(`${one} ${url}`);
  });
  await app.init();
  await fastify.ready();
  return {
    app,
    config,
    served: [...served].sort(),
    close: async () => {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
