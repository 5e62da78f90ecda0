import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import type { Config } from '../config/config.js';

/** Says whether an origin belongs to a registered client that may be used. `origin`: scheme, host and port, as browsers send it. */
export type IsRegisteredOrigin = (origin: string) => Promise<boolean>;

/** Whose scripts may read the answers of an address. */
type Readers = 'everyone' | 'registered' | 'nobody';

/** Documents that are the same for everyone and hold no secret, by their path below the prefix. */
const OPEN: readonly string[] = [
  '.well-known/openid-configuration',
  '.well-known/oauth-authorization-server',
  '.well-known/smart-configuration',
  'jwk',
  'smart/smart-style',
];

/** Beside the prefix, where it stands at the EHR's FHIR base. */
const SMART_AT_FHIR = /^\/apis\/[^/]+\/fhir\/\.well-known\/smart-configuration$/;

/** What a client calls from its pages, by path below the prefix. */
const FOR_CLIENTS: readonly string[] = ['token', 'introspect', 'revoke', 'userinfo', 'registration', 'client'];

/** Seconds; browsers cap it at two hours and less. */
const PREFLIGHT_KEPT = '600';

/**
 * Lets scripts of other origins read what they may: public documents anywhere, the endpoints for clients where a client is registered.
 * Cookies are never part of it, so a page of another origin learns nothing that its own client could not ask for.
 * @see Fetch Standard §3.3; RFC 9700 §4.17 (no credentials, no wildcard on the token endpoint)
 */
export function configureCors(
  app: NestFastifyApplication,
  config: Pick<Config, 'prefix' | 'webRoot'>,
  isRegisteredOrigin: IsRegisteredOrigin,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const readers = readersOf(pathOf(request.raw.url ?? ''), config);
    if (readers === 'nobody') return done();
    const { origin } = request.headers;
    allowReading(readers, reply);
    if (readers === 'everyone' || origin === undefined || origin === 'null') return answerOptions(request, reply, done);
    isRegisteredOrigin(origin).then((isRegistered) => {
      if (isRegistered) void reply.headers({ 'access-control-allow-origin': origin, ...EXPOSED });
      answerOptions(request, reply, done);
    }, done);
  });
}

function allowReading(readers: Exclude<Readers, 'nobody'>, reply: FastifyReply): void {
  if (readers === 'everyone') void reply.header('access-control-allow-origin', '*');
  else void reply.header('vary', 'Origin'); // also without an origin: a cache must not give that answer to a page
}

function answerOptions({ method }: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (method === 'OPTIONS') void reply.status(204).headers(PREFLIGHT).send();
  else done();
}

const EXPOSED: Readonly<Record<string, string>> = { 'access-control-expose-headers': 'www-authenticate, retry-after, x-request-id' };

const PREFLIGHT: Readonly<Record<string, string>> = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': PREFLIGHT_KEPT,
};

/** @param path as it is routed */
function readersOf(path: string, { prefix, webRoot }: Pick<Config, 'prefix' | 'webRoot'>): Readers {
  if (path === `/.well-known/oauth-authorization-server/${prefix.slice(webRoot.length)}`) return 'everyone'; // RFC 8414 §3.1
  if (SMART_AT_FHIR.test(path)) return 'everyone';
  if (!path.startsWith(`/${prefix}/`)) return 'nobody';
  const below = path.slice(prefix.length + 2);
  if (OPEN.includes(below) || below.startsWith('assets/')) return 'everyone';
  return FOR_CLIENTS.some((endpoint) => below === endpoint || below.startsWith(`${endpoint}/`)) ? 'registered' : 'nobody';
}

function pathOf(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path;
}
