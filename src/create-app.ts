import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyBaseLogger, LogController } from 'fastify';
import type { Logger as Pino } from 'pino';
import { AppModule } from './app.module.js';
import { ClientsService } from './clients/clients.service.js';
import { Compatibility } from './clients/compatibility.js';
import type { Config } from './platform/config/config.js';
import { NestLogger } from './platform/logging/logger.js';
import { Metrics } from './platform/metrics/metrics.service.js';
import { countRequests } from './platform/metrics/request-metrics.js';
import { configureSwagger } from './platform/openapi/openapi.js';
import type { Ambient } from './platform/platform.module.js';
import type { Tracing } from './platform/tracing/tracing.js';
import { configureCors } from './platform/web/cors.js';
import { HttpAdapter } from './platform/web/http-adapter.js';
import { requestIds } from './platform/web/request-ids.js';
import { requestLog } from './platform/web/request-log.js';
import { type RequestNotes, serveStandingAnswers } from './platform/web/standing-answers.js';
import { answerBadAddress, answerBadMessage } from './platform/web/unreadable-request.js';
import { configureLanguageSwitch } from './platform/web/language-switch.js';
import { limitInFlight } from './platform/web/in-flight.js';
import { configureTransport } from './platform/web/transport.js';
import { withoutWebRoot } from './platform/web/web-root.js';
import { expectJsonMetadata } from './registration/json-body.js';

/** What stands outside the prefix of the protocol endpoints. */
const UNPREFIXED = [
  '/',
  'health/{*path}',
  'metrics',
  'account',
  'account/{*path}',
  'admin/{*path}',
  'launch',
  'launch/{*path}',
  '.well-known/oauth-authorization-server/oauth2/:site',
  'apis/:site/fhir/.well-known/smart-configuration',
];

export interface CreateOptions {
  /** null or absent: nothing is traced. */
  readonly tracing?: Tracing | null;
  /** Only what describes the application: no service is made and no database opened. */
  readonly preview?: boolean;
}

/** Builds the application, ready to listen: the same for the server, for the command line and for tests. */
export async function createApp(
  config: Config,
  ambient: Ambient,
  logger: Pino,
  options: CreateOptions = {},
): Promise<NestFastifyApplication> {
  const [log, nextId] = [requestLog(logger), requestIds(ambient.random)];
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, ambient), adapter(config, nextId, logger), {
    logger: new NestLogger(logger),
    bodyParser: false,
    abortOnError: false,
    preview: options.preview ?? false,
  });
  app.setGlobalPrefix(config.prefix, { exclude: UNPREFIXED });
  expectJsonMetadata(app, config);
  limitInFlight(app.getHttpAdapter().getInstance(), config.maxInFlight);
  await configureTransport(app, config, log);
  await observe(app, config, { log, nextId }, options);
  configureCors(app, config, (origin) => mayRead(app, origin));
  configureSwagger(app, config);
  configureLanguageSwitch(app);
  return app;
}

/** Lets requests be counted, and traced where that was asked for: what traces is loaded only then. */
async function observe(
  app: NestFastifyApplication,
  config: Config,
  notes: Pick<RequestNotes, 'log' | 'nextId'>,
  { preview = false, tracing = null }: CreateOptions,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const count = preview ? null : countRequests(fastify, app.get(Metrics));
  if (count !== null && tracing === null) serveStandingAnswers(app, config, { ...notes, count }); // a trace begins where requests are routed
  if (tracing !== null) (await import('./platform/tracing/request-spans.js')).traceRequests(fastify, tracing);
}

/** Whether pages of an origin may read what clients are told: those of registered clients, unless the EHR's ways are restored. */
async function mayRead(app: NestFastifyApplication, origin: string): Promise<boolean> {
  return (await app.get(ClientsService).isRegisteredOrigin(origin)) || (await app.get(Compatibility).apply('any-origin', null));
}

function adapter(config: Config, nextId: () => string, logger: Pino): HttpAdapter {
  const times = { headersTimeout: config.requestTimeout * 1000, connectionsCheckingInterval: Math.min(config.requestTimeout, 5) * 500 };
  const https = config.tls && { ...times, cert: readFileSync(config.tls.certFile), key: readFileSync(config.tls.keyFile) };
  return new HttpAdapter({
    loggerInstance: logger, // pino's own type; Fastify's copy of it differs in name only
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent: FastifyBaseLogger) => parent, // one for each request would cost more than its one line, which names the request itself
    skipMiddie: true, // there is no middleware
    genReqId: nextId,
    bodyLimit: config.bodyLimit,
    requestTimeout: config.requestTimeout * 1000,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url = '/' }) => withoutWebRoot(url, config),
    frameworkErrors: answerBadAddress,
    clientErrorHandler: answerBadMessage,
    ...(https ? { https } : { http: times }),
  });
}
