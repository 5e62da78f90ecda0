import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '../platform/config/config.js';
import { badMetadata } from '../protocol/client/metadata-value.js';

/**
 * Looks at the type of a registration before its body is read, where a wrong one would otherwise be refused without a word on what is
 * expected. Called before the routes are made.
 * @see RFC 7591 §3.1
 */
export function expectJsonMetadata(app: NestFastifyApplication, { prefix }: Pick<Config, 'prefix'>): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', (route) => {
      if (route.url !== `/${prefix}/registration` || route.method !== 'POST') return;
      route.onRequest = (request, _reply, done): void => {
        const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
        done(isJson ? undefined : badMetadata('Unexpected content type: send application/json'));
      };
    });
}
