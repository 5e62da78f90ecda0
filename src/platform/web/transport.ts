import cookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { parseFormBody } from '../../protocol/parameters/form.js';
import type { Config } from '../config/config.js';
import { isAllowedHost } from './allowed-host.js';
import type { RequestLog } from './request-log.js';
import { rememberRequests } from './request-scope.js';
import { securityHeaders } from './security-headers.js';

/** Sets up what every request passes before it is routed: known host, strict bodies, cookies, headers, one line of log. */
export async function configureTransport(app: NestFastifyApplication, config: Config, log: RequestLog): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(cookie);
  addBodyParsers(fastify);
  rememberRequests(fastify);
  const headers = securityHeaders(config);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).headers(headers);
    checkHost(request, config);
    done();
  });
  fastify.addHook('onResponse', ({ id, method, routeOptions }, reply, done) => {
    log(id, method, routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    done();
  });
}

function addBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    parseFormBody(body),
  );
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_request: FastifyRequest, body: Buffer) =>
    parseJsonBody(body),
  );
}

/** @throws OAuthError invalid_request when it is not JSON in UTF-8 */
function parseJsonBody(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch (cause) {
    throw new OAuthError('invalid_request', 'the body is not valid JSON', { cause });
  }
}

/** A wrong Host header would end up in links and in logs; probes of an orchestrator may use any, and metrics look at it themselves. */
function checkHost(request: FastifyRequest, config: Config): void {
  if (request.url.startsWith('/health/') || pathOf(request.url) === '/metrics' || isAllowedHost(request.host, config)) return;
  throw new OAuthError('invalid_request', 'This server is not known by that host name.', {
    status: 421,
    detail: 'host is neither PUBLIC_URL nor allowed',
  });
}

function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
