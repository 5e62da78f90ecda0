import { type ArgumentsHost, type CanActivate, Catch, type ExceptionFilter, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { underWebRoot } from '../platform/web/web-root.js';
import { findOwnPath, type OwnPageWish } from '../protocol/authorization/own-request.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { ownPageAddress } from './own-page-address.js';
import type { SignedInPerson } from './person.js';
import { SignedInPeople } from './signed-in-people.service.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent this request, proven by SessionGuard. */
    signedIn?: SignedInPerson;
  }
}

/** Seconds, by route; see `ProvenWithin`. */
export const PROVEN_WITHIN = 'chartkey:proven-within';

/** Thrown before a page of ours for which somebody must sign in first. */
export class SignInNeeded extends OAuthError {
  constructor(readonly wish: OwnPageWish) {
    super('login_required', 'sign in to open this page');
  }
}

/**
 * Guard of `session` routes: whoever passes is signed in with this browser and is handed on by `@SignedIn()`. Everybody else is led through
 * signing in, and back to the page by GET: what a form had sent is lost, so that a form has the address of its page.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly signedInPeople: SignedInPeople,
    private readonly reflector: Reflector,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const places = [context.getHandler(), context.getClass()];
    const maxAge = this.reflector.getAllAndOverride<number | undefined>(PROVEN_WITHIN, places) ?? null;
    const signedIn = await this.signedInPeople.find(request);
    if (signedIn === null || !this.isRecent(signedIn, maxAge)) throw new SignInNeeded({ path: this.pathOf(request), maxAge });
    request.signedIn = signedIn;
    return true;
  }

  private isRecent({ session }: SignedInPerson, maxAge: number | null): boolean {
    return maxAge === null || this.clock.now().getTime() - session.authTime.getTime() <= maxAge * 1000;
  }

  /** The page of a route; where its address has something strange in it, without the query. */
  private pathOf({ method, raw }: FastifyRequest): string {
    const [path = '', query] = underWebRoot(raw.url ?? '', this.config).split('?', 2);
    const whole = method === 'GET' && query !== undefined ? `${path}?${query}` : path;
    return findOwnPath(whole) ?? findOwnPath(path) ?? `${this.config.webRoot}/account`;
  }
}

/** Leads people on whom the guard has turned back. */
@Catch(SignInNeeded)
export class SignInNeededFilter implements ExceptionFilter {
  constructor(private readonly config: Config) {}

  catch({ wish }: SignInNeeded, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply.status(303).header('location', ownPageAddress(this.config.prefix, wish)).header('cache-control', 'no-store').send('');
  }
}
