import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger as Pino } from 'pino';
import { createApp } from '../create-app.js';
import { CleanupService } from '../maintenance/cleanup.service.js';
import type { Config } from '../platform/config/config.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { createLogger } from '../platform/logging/logger.js';
import { RedisConnection } from '../platform/redis/redis-connection.service.js';
import { startTracing } from '../platform/tracing/start-tracing.js';
import { KeyWatch } from '../signing-keys/key-watch.service.js';
import { realAmbient } from './application.js';
import { bannerLines, startFacts } from './banner.js';
import { EXIT_STATUS } from './exit-status.js';
import { type OutputOptions, print } from './output.js';
import { readServerSettings } from './settings.js';

/** Milliseconds. */
const IDLE_SWEEP = 50;

/**
 * Starts the server and prints where it is. It ends with SIGTERM or SIGINT.
 * @throws ConfigError, DatabaseError and the like, saying everything that is wrong
 */
export async function serve(options: OutputOptions = {}): Promise<void> {
  const config = await readServerSettings();
  const tracing = await startTracing(process.env);
  const logger = createLogger(config, process.stdout.isTTY, tracing?.logMembers);
  const app = await createApp(config, realAmbient(), logger, { tracing });
  const unused = unusedConnections(app.getHttpServer());
  await app.listen(config.port, config.host);
  app.get(CleanupService).start();
  await app.get(KeyWatch).start();
  stopOnSignals(app, config, logger, unused);
  const facts = startFacts(config, app.get(EhrSite), app.get(RedisConnection).state);
  await flushed(logger);
  print(facts, bannerLines(facts), options);
}

/** Connections on which nothing was asked yet, such as browsers open in advance: Node does not count them as idle. */
function unusedConnections(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  const note = (socket: Socket): void => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  };
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', note);
  server.on('request', ({ socket }: IncomingMessage) => unused.delete(socket));
  return unused;
}

/** What was logged until now stands above the banner, not around it. */
function flushed(logger: Pino): Promise<void> {
  return new Promise((resolve) => logger.flush(() => resolve()));
}

/** The first signal lets requests in flight finish, as long as the settings allow; the second one ends the process at once. */
function stopOnSignals(app: NestFastifyApplication, config: Config, logger: Pino, unused: ReadonlySet<Socket>): void {
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(EXIT_STATUS.found);
    isStopping = true;
    logger.info({ signal }, 'stopping');
    void finish(app, config, logger, unused).then((status) => process.exit(status));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

/** @returns found when requests had to be cut off, or when something could not be closed */
async function finish(app: NestFastifyApplication, config: Config, logger: Pino, unused: ReadonlySet<Socket>): Promise<number> {
  let status: number = EXIT_STATUS.fine;
  const server = app.getHttpServer();
  const deadline = setTimeout(() => {
    logger.warn({ seconds: config.shutdownGrace }, 'requests in flight are cut off');
    status = EXIT_STATUS.found;
    server.closeAllConnections();
  }, config.shutdownGrace * 1000);
  // A connection that is kept alive holds the server open after its last answer; Node closes only those that are idle when it begins.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of unused) socket.destroy();
  }, IDLE_SWEEP);
  try {
    await app.close();
  } catch (error) {
    logger.error({ err: error }, 'stopping failed');
    status = EXIT_STATUS.found;
  }
  clearInterval(sweep);
  clearTimeout(deadline);
  return status;
}
