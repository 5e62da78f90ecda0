import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { Clock } from '../platform/ambient/clock.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import type { BearersToken } from './bearer-token.decorator.js';
import { findAccessToken } from './genuine-access-token.js';
import { getAccessTokenFacts } from './access-token-facts.query.js';

/** Milliseconds by which the clocks of two replicas may differ. */
const CLOCK_SKEW = 120_000;

/** Guard of `bearer` routes: the access token is ours, in force, and still stands. It is handed on by `@BearerToken()`. */
@Injectable()
export class BearerTokenGuard implements CanActivate {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly signer: JwtSigner,
    private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.accessToken = await this.check(presentedToken(request));
    return true;
  }

  /** @throws OAuthError invalid_token */
  private async check(text: string): Promise<BearersToken> {
    const claims = await this.signer.verify(text);
    const token = claims && findAccessToken(claims);
    if (!token) throw refused(claims ? 'not an access token' : 'not signed here');
    const now = this.clock.now().getTime();
    if (token.expiresAt.getTime() <= now) throw new OAuthError('invalid_token', 'the access token has expired', { detail: 'expired' });
    if (token.notBefore !== null && token.notBefore.getTime() > now + CLOCK_SKEW) throw refused('not yet valid');
    const { state, person } = await getAccessTokenFacts(this.source, token, { person: true });
    if (state.isRevoked) throw refused('revoked, logged out or not on record');
    return { ...token, person };
  }
}

function refused(detail: string): OAuthError {
  return new OAuthError('invalid_token', 'the access token is not valid', { detail });
}

/**
 * The one token of a request: in the Authorization header or, with POST, in the form. In an address it would end up in logs.
 * @throws OAuthError invalid_token when there is none; invalid_request when there are two, or the header cannot be read
 * @see RFC 6750 §2.1, §2.2, §2.3, §3.1
 */
function presentedToken(request: FastifyRequest): string {
  const { body, method, headers } = request;
  const sent = method === 'POST' && body instanceof SentParameters ? body.one('access_token') : undefined;
  const bearer = /^bearer(?:[ \t]+(.*))?$/is.exec(headers.authorization?.trim() ?? ''); // RFC 9110 §11.1: the scheme in any case
  if (bearer === null) {
    if (sent === undefined) throw new OAuthError('invalid_token', 'an access token is needed');
    return sent;
  }
  if (sent !== undefined) throw new OAuthError('invalid_request', 'the access token was sent in more than one way'); // RFC 6750 §2
  const token = bearer[1] ?? '';
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) throw new OAuthError('invalid_request', 'the Authorization header holds no bearer token'); // RFC 6750 §2.1
  return token;
}
