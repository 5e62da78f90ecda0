import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { GenuineAccessToken } from './genuine-access-token.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The access token of this request, proven by BearerTokenGuard. */
    accessToken?: GenuineAccessToken;
  }
}

/** The access token of a request. @throws Error on a route without BearerTokenGuard: a mistake of ours */
export const BearerToken = createParamDecorator((_: unknown, context: ExecutionContext): GenuineAccessToken => {
  const { accessToken } = context.switchToHttp().getRequest<FastifyRequest>();
  if (accessToken === undefined) throw new Error('@BearerToken() needs @UseGuards(BearerTokenGuard)');
  return accessToken;
});
