import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { writeAnswer } from './answers.js';

/** Fastify, as this server uses it: pages and redirects are written here, where an interceptor would cost every request an observable. */
export class HttpAdapter extends FastifyAdapter {
  override reply(reply: FastifyReply, answer: unknown, status?: number): FastifyReply {
    return super.reply(reply, writeAnswer(answer, reply), status);
  }
}
