import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimits } from '../platform/throttle/rate-limits.service.js';
import { sentForm } from '../platform/web/sent.decorator.js';
import './authenticated-client.decorator.js';
import { ClientAuthentication, namedClient } from './client-authentication.js';
import { ClientAssertions } from './client-assertions.js';
import type { Client } from './client.entity.js';
import { TOKEN_ENDPOINT, type TokenEndpoint } from './token-endpoint.decorator.js';
import { TokenErrorWords } from './token-error-words.js';

/** The grant that uses the assertion up in the transaction which stores its tokens. */
const SPENT_LATER = 'client_credentials';

/** Guard of `client` routes: whoever passes is a proven, enabled client, and is handed on by `@AuthenticatedClient()`. */
@Injectable()
export class ClientAuthenticationGuard implements CanActivate {
  constructor(
    private readonly authentication: ClientAuthentication,
    private readonly words: TokenErrorWords,
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
    private readonly assertions: ClientAssertions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const endpoint = this.reflector.get<TokenEndpoint | undefined>(TOKEN_ENDPOINT, context.getHandler());
    const form = sentForm(request);
    const { authorization } = request.headers;
    const [grantType] = [...form.all('grant_type'), endpoint?.defaultGrantType];
    try {
      request.client = await this.authentication.authenticate(form, authorization, {
        grantType: endpoint && grantType,
        path: request.routeOptions.url,
        known: request.knownClient ?? null,
        isSpentLater: endpoint !== undefined && grantType === SPENT_LATER,
      });
    } catch (error) {
      throw endpoint ? await this.words.reword(error, grantType, namedClient(form, authorization)) : error;
    }
    if (endpoint !== undefined) await this.admit(request.client, request, context.switchToHttp().getResponse<FastifyReply>());
    return true;
  }

  /** @throws OAuthError when it asks too often: what it has shown is used up all the same */
  private async admit(client: Client, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      this.limits.takeClient('token', client, request, reply);
    } catch (error) {
      await this.assertions.settle(client);
      throw error;
    }
  }
}
