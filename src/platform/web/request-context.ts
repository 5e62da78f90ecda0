import type {} from '@fastify/cookie'; // declares cookies on requests and replies
import type { ErrorChannel } from '../../protocol/errors/error-response.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who reads an error of this route; set once the route is known. */
    errorChannel?: ErrorChannel['kind'];
  }
}
