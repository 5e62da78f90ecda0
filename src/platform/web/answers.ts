import type { FastifyReply } from 'fastify';
import type { VNode } from 'preact';
import type { OAuthError } from '../../protocol/errors/oauth-error.js';
import { pageHeaders } from './page-headers.js';
import { renderPage } from './render-page.js';

/** A page for a person. Controllers return it; nothing else writes HTML. */
export class PageAnswer {
  /** @param formTargets addresses outside this server to which a form of the page leads, as URIs */
  constructor(
    readonly page: VNode,
    readonly options: { readonly status?: number; readonly formTargets?: readonly string[] } = {},
  ) {}
}

/** Sends the browser on, with GET whatever it did before: a form is never sent twice (RFC 9700 §4.12). */
export class RedirectAnswer {
  constructor(readonly location: string) {}
}

/** Thrown where a page is to be shown in place of everything that would follow. Its cause is what the log hears. */
export class PageInstead extends Error {
  constructor(
    readonly answer: PageAnswer,
    override readonly cause: OAuthError,
  ) {
    super(cause.message);
  }
}

/** Sets status and headers of what a controller has decided. @returns the body */
export function writeAnswer(answer: unknown, reply: FastifyReply): unknown {
  if (answer instanceof RedirectAnswer) {
    void reply.status(303).header('location', answer.location).header('cache-control', 'no-store');
    return '';
  }
  return answer instanceof PageAnswer ? writePage(answer, reply) : answer;
}

/** Sets status and headers of a page. @returns its HTML */
export function writePage({ page, options }: PageAnswer, reply: FastifyReply): string {
  void reply.status(options.status ?? 200).headers(pageHeaders(options.formTargets));
  return renderPage(page);
}
