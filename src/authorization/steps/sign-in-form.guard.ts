import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Browser } from '../../platform/web/browser.js';
import { sentForm } from '../../platform/web/sent.decorator.js';
import { LocalSignInGuard } from '../../sign-in/local-sign-in.guard.js';
import { type Waiting, WaitingRequests } from '../waiting-requests.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the form was sent for; set by the guard of the sign-in form. */
    waiting?: Waiting;
  }
}

/**
 * Lets a form try a password only if our page sent it, for a request that waits, in a role that the request is for; so that no other
 * site can use up somebody's tries. Everything else passes without a try, and the controller says what follows.
 */
@Injectable()
export class SignInFormGuard implements CanActivate {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly browser: Browser,
    private readonly credentials: LocalSignInGuard,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { interaction: string } }>>();
    const form = sentForm(request);
    const waiting = await this.waitingRequests.get(request.params.interaction, request);
    request.waiting = waiting;
    if (waiting.interaction.answeredAt !== null) return true;
    this.browser.checkCsrf(request, form, signInPurpose(waiting));
    if (form.one('cancel') !== undefined) return true;
    const role = form.one('user_role');
    if (!waiting.roles.some((name) => name === role)) return true;
    await this.credentials.canActivate(context);
    return true;
  }
}

/** Ties a sign-in form to this request. */
export function signInPurpose({ interaction }: Waiting): string {
  return `sign-in ${interaction.id}`;
}
