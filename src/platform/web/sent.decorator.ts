import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { parseQuery, SentParameters } from '../../protocol/parameters/form.js';

/** The query of a request, read strictly: broken escapes and NUL are refused, repeated parameters stay visible. */
export const SentQuery = createParamDecorator((_: unknown, context: ExecutionContext): SentParameters => sentQuery(requestOf(context)));

/** The form that a request carries. @throws OAuthError invalid_request when it carries something else */
export const SentForm = createParamDecorator((_: unknown, context: ExecutionContext): SentParameters => sentForm(requestOf(context)));

export function sentQuery(request: FastifyRequest): SentParameters {
  const [, query = ''] = /\?(.*)$/s.exec(request.raw.url ?? '') ?? [];
  return parseQuery(query);
}

export function sentForm(request: FastifyRequest): SentParameters {
  if (request.body instanceof SentParameters) return request.body;
  throw new OAuthError('invalid_request', 'the body must be application/x-www-form-urlencoded'); // RFC 6749 §3.2, appendix B
}

function requestOf(context: ExecutionContext): FastifyRequest {
  return context.switchToHttp().getRequest<FastifyRequest>();
}
