import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorChannel, errorResponse } from '../../protocol/errors/error-response.js';
import { asOAuthError, OAuthError, type TransportStatus } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { HashingBusyError } from '../ambient/hashing-queue.js';
import { isUnavailable } from '../database/unavailable.js';
import { PageInstead, writePage } from './answers.js';
import { errorPage } from './error-page.js';
import { formPostPage } from './form-post-page.js';
import { PageFrames } from './page-frames.service.js';
import { pageHeaders } from './page-headers.js';
import { renderPage } from './render-page.js';

const TRANSPORT: ReadonlySet<number> = new Set<TransportStatus>([404, 405, 406, 408, 413, 414, 415, 421, 429, 431]);
const RETRY_AFTER_BUSY = 2;

/** Writes every error: what is said, and to whom, is decided in `protocol/errors`. */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Error');

  constructor(private readonly frames: PageFrames) {}

  async catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    try {
      await this.answer(thrown, host);
    } catch (error) {
      this.logger.error({ err: error, detail: 'an error could not be answered' }); // a rejection here would end the process
    }
  }

  private async answer(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toOAuthError(thrown instanceof PageInstead ? thrown.cause : thrown);
    this.log(error, request);
    if (thrown instanceof PageInstead) return void reply.send(writePage(thrown.answer, reply));
    const answer = errorResponse(error, channelOf(request));
    void reply.status(answer.status).headers(answer.headers);
    const { body } = answer;
    if (body.kind === 'json') return void reply.type('application/json; charset=utf-8').send(JSON.stringify(body.value));
    if (body.kind === 'empty') return void reply.send();
    const isAway = error.code === 'temporarily_unavailable';
    const frame = isAway ? this.frames.lastKnown(request) : await this.frames.forErrors(request);
    const page = body.kind === 'page' ? errorPage(body.model, frame) : formPostPage(body.model, frame);
    void reply.headers(pageHeaders(body.kind === 'form_post' ? [body.model.action] : [])).send(renderPage(page));
  }

  private log(error: OAuthError, request: FastifyRequest): void {
    const facts = { requestId: request.id, error: error.code, description: error.description, detail: error.detail, status: error.status };
    if (error.status < 500) this.logger.warn(facts);
    else this.logger.error({ ...facts, err: error.cause ?? error });
  }
}

/** Turns what frameworks and drivers throw into a refusal with a code; everything else is a bug and becomes server_error. */
export function toOAuthError(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  if (thrown instanceof HashingBusyError || isUnavailable(thrown)) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return new OAuthError('temporarily_unavailable', 'The server is busy; try again in a moment.', {
      retryAfter: RETRY_AFTER_BUSY,
      detail,
      cause: thrown,
    });
  }
  const status = statusOf(thrown);
  if (status === undefined || status >= 500) return asOAuthError(thrown);
  const detail = thrown instanceof Error ? thrown.message.replace(/\?.*/s, '?***') : undefined; // an address may carry a code in its query
  return new OAuthError('invalid_request', DESCRIPTIONS[status] ?? 'The request could not be read.', {
    detail,
    ...(TRANSPORT.has(status) ? { status: status as TransportStatus } : {}),
  });
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  404: 'There is nothing at this address.',
  405: 'This address does not answer to that method.',
  413: 'The body is too large.',
  415: 'The content type of the body is not understood here.',
};

/** Nest's exceptions have `getStatus`, Fastify's errors `statusCode`. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number') return thrown.statusCode;
  return undefined;
}

function channelOf(request: FastifyRequest): ErrorChannel {
  const authorization = request.headers.authorization ?? '';
  const presentsToken =
    /^bearer /i.test(authorization) || (request.body instanceof SentParameters && request.body.names().includes('access_token'));
  switch (request.errorChannel ?? (prefersPage(request) ? 'page' : 'json')) {
    case 'bearer':
      return { kind: 'bearer', tokenPresented: presentsToken };
    case 'page':
      return { kind: 'page', referenceId: String(request.id) };
    default:
      return { kind: 'json', usedBasic: /^basic\b/i.test(authorization) };
  }
}

function prefersPage(request: FastifyRequest): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? '');
}
