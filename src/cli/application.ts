import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { createApp } from '../create-app.js';
import { SystemClock } from '../platform/ambient/clock.js';
import { SystemRandom } from '../platform/ambient/random.js';
import { createErrorLogger } from '../platform/logging/logger.js';
import { openApiDocument } from '../platform/openapi/openapi.js';
import type { Ambient } from '../platform/platform.module.js';
import { readSettings, readSiteSettings } from './settings.js';

/** Real time and real chance. */
export function realAmbient(): Ambient {
  return { clock: new SystemClock(), random: new SystemRandom() };
}

/**
 * Runs a command with the application's services. Nothing listens, and what a server does at its start is not done: a command beside a
 * running server leaves it alone. stdout belongs to the command.
 */
export async function withApplication<T>(work: (app: NestFastifyApplication) => Promise<T>): Promise<T> {
  const app = await createApp(await readSiteSettings(), realAmbient(), createErrorLogger('warn'));
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The OpenAPI document. Nothing is connected or made for it. */
export async function describeApplication(): Promise<OpenAPIObject> {
  const config = readSettings();
  const app = await createApp(config, realAmbient(), createErrorLogger('error'), { preview: true }); // Nest warns of the preview itself
  return openApiDocument(app, config);
}
