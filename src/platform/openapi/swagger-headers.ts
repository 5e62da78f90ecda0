import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { isAllowedHost } from '../web/allowed-host.js';

/**
 * Gives every file of Swagger UI its headers: scripts, calls and images of this server only; of inline styles exactly those which the
 * page that is sent holds.
 * @param path of Swagger UI, without slashes
 * @see CSP 3 §6.1
 */
export function protectSwaggerPages(fastify: FastifyInstance, config: Config, path: string): void {
  fastify.addHook('onRequest', async (request, reply) => {
    const isStart = request.raw.url === `/${path}` || request.raw.url === `/${path}/`;
    if (isStart && isOtherLoopbackName(request.host, config)) return reply.redirect(`${config.publicAddress}/${path}`, 303);
  });
  fastify.addHook('onSend', async (request, reply, payload) => {
    const [sentPath = ''] = (request.raw.url ?? '').split('?', 1);
    if (sentPath !== `/${path}` && !sentPath.startsWith(`/${path}/`)) return payload;
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html');
    void reply.headers(headersFor(isPage && typeof payload === 'string' ? payload : '', config));
    if (isPage) void reply.type('text/html; charset=utf-8');
    keepOutOfCaches(reply, sentPath);
    return payload;
  });
}

/** The popup that signs in ends at PUBLIC_URL and speaks to the window that opened it: both must have the same origin. */
function isOtherLoopbackName(host: string, config: Config): boolean {
  return host !== config.publicUrl.host && !config.allowedHosts.includes(host) && isAllowedHost(host, config);
}

/** The document and the script that holds it change with the settings; the rest with the version of the package only. */
function keepOutOfCaches(reply: FastifyReply, path: string): void {
  const isOurs = /\/(swagger-ui-init\.js|openapi\.json)$/.test(path) || !/\.[a-z]+$/.test(path);
  if (isOurs) void reply.header('cache-control', 'no-cache');
}

function headersFor(html: string, config: Config): Record<string, string> {
  const origin = config.publicUrl.origin;
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${["'self'", ...inlineStyles(html)].join(' ')}`,
    "img-src 'self' data:",
    `connect-src 'self' ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  };
}

/** Source expressions for the style elements and style attributes of a page. @see CSP 3 §2.3.1 */
function inlineStyles(html: string): string[] {
  const elements = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, text = '']) => text);
  const attributes = [...html.matchAll(/\sstyle="([^"]*)"/g)].map(([, text = '']) => text);
  const hashes = [...elements, ...attributes].map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`);
  return attributes.length > 0 ? ["'unsafe-hashes'", ...hashes] : hashes; // without it hashes do not count for attributes
}
