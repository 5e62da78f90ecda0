import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isSameSecret } from '../clients/same-secret.js';
import { Config } from '../platform/config/config.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { findPresentedToken } from './presented-token.js';

/** Decides who may register a client: everyone, whoever has the initial access token, or nobody. @see RFC 7591 §3 */
@Injectable()
export class InitialAccessGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  /** @throws OAuthError access_denied when registration is closed; invalid_token without the right initial access token */
  canActivate(context: ExecutionContext): boolean {
    this.check(context.switchToHttp().getRequest<FastifyRequest>().headers.authorization);
    return true;
  }

  private check(authorization: string | undefined): void {
    const { registrationMode, registrationToken } = this.config;
    if (registrationMode === 'open') return;
    if (registrationMode === 'off' || registrationToken === null) {
      throw new OAuthError('access_denied', 'Clients cannot register themselves here; ask the operator of this server.');
    }
    const presented = findPresentedToken(authorization);
    if (presented !== null && isSameSecret(presented, registrationToken.reveal())) return;
    throw new OAuthError('invalid_token', 'Registration needs the initial access token that the operator of this server gives out.', {
      detail: presented === null ? 'no initial access token' : 'wrong initial access token',
    });
  }
}
