import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Client } from './client.entity.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent this request, proven by ClientAuthenticationGuard. */
    client?: Client;
    /** A client that was read in the course of this request, proven or not. */
    knownClient?: Client | null;
  }
}

/** The client that sent a request. @throws Error on a route without ClientAuthenticationGuard: a mistake of ours */
export const AuthenticatedClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const { client } = context.switchToHttp().getRequest<FastifyRequest>();
  if (client === undefined) throw new Error('@AuthenticatedClient() needs @UseGuards(ClientAuthenticationGuard)');
  return client;
});
