import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { ACCESS, type AccessKind, ERROR_CHANNEL } from './access.js';
import './request-context.js';

/** The first guard of every route: one that nobody has opened stays closed. It also notes who will read an error. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const places = [context.getHandler(), context.getClass()];
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.errorChannel = this.reflector.getAllAndOverride(ERROR_CHANNEL, places);
    if (this.reflector.getAllAndOverride<AccessKind | undefined>(ACCESS, places)) return true;
    throw new OAuthError('access_denied', 'this address is not open', { detail: 'the route has no @Access' });
  }
}
