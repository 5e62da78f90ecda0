import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { errorResponse } from '../../protocol/errors/error-response.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';

/** Answers an address that cannot be decoded, which no route and no filter gets to see. */
export function answerBadAddress(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const answer = errorResponse(new OAuthError('invalid_request', 'the address is not a valid URI'), { kind: 'json', usedBasic: false });
  request.log.warn({ requestId: request.id, error: 'invalid_request', detail: error.name }, 'unreadable address');
  const body = answer.body.kind === 'json' ? JSON.stringify(answer.body.value) : '';
  void reply
    .status(answer.status)
    .headers(answer.headers)
    .header('x-request-id', String(request.id))
    .type('application/json; charset=utf-8')
    .send(body);
}

/** Answers what is no HTTP message at all, or took too long to become one, and hangs up. */
export function answerBadMessage(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy(error);
  const status = STATUS[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({ error: 'invalid_request', error_description: 'the message is not valid HTTP' });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
  );
}

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};
