import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { sentForm } from '../platform/web/sent.decorator.js';
import './authenticated-client.decorator.js';
import { ClientAuthentication } from './client-authentication.js';

/** Guard of `client` routes: whoever passes is a proven, enabled client, and is handed on by `@AuthenticatedClient()`. */
@Injectable()
export class ClientAuthenticationGuard implements CanActivate {
  constructor(private readonly authentication: ClientAuthentication) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.client = await this.authentication.authenticate(sentForm(request), request.headers.authorization);
    return true;
  }
}
