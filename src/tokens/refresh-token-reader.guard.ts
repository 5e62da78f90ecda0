import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import '../clients/authenticated-client.decorator.js';
import { namedClient } from '../clients/client-authentication.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { RefreshTokenGrant } from './grants/refresh-token.grant.js';
import { PresentedRefreshTokens } from './presented-refresh-tokens.service.js';

/** Lets everyone pass: it reads a refresh token and its client in one round trip. Stands below the guard that proves the client, and so before it. */
@Injectable()
export class RefreshTokenReader implements CanActivate {
  constructor(private readonly presented: PresentedRefreshTokens) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { body: form } = request;
    if (!(form instanceof SentParameters) || !isRefresh(form)) return true;
    const clientId = namedClient(form, request.headers.authorization);
    const [text = ''] = form.all('refresh_token');
    if (clientId !== null && text !== '') request.knownClient = await this.presented.readAhead(text, clientId);
    return true;
  }
}

/** What is sent twice is refused later. */
function isRefresh(form: SentParameters): boolean {
  const grantTypes = form.all('grant_type');
  return grantTypes.length === 1 && grantTypes[0] === RefreshTokenGrant.grantType;
}
