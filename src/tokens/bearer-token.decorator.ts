import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { PersonRecords } from '../sign-in/person-records.query.js';
import type { GenuineAccessToken } from './genuine-access-token.js';

/** An access token that stands, with what the EHR keeps of whom it is about. */
export interface BearersToken extends GenuineAccessToken {
  readonly person: PersonRecords | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The access token of this request, proven by BearerTokenGuard. */
    accessToken?: BearersToken;
  }
}

/** The access token of a request. @throws Error on a route without BearerTokenGuard: a mistake of ours */
export const BearerToken = createParamDecorator((_: unknown, context: ExecutionContext): BearersToken => {
  const { accessToken } = context.switchToHttp().getRequest<FastifyRequest>();
  if (accessToken === undefined) throw new Error('@BearerToken() needs @UseGuards(BearerTokenGuard)');
  return accessToken;
});
