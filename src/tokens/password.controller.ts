import { Controller, Header, HttpCode, Ip, Post, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { AuthenticatedClient } from '../clients/authenticated-client.decorator.js';
import { ClientAuthenticationGuard } from '../clients/client-authentication.guard.js';
import { Client } from '../clients/client.entity.js';
import { AtTokenEndpoint } from '../clients/token-endpoint.decorator.js';
import { Limited } from '../platform/throttle/rate-limit.guard.js';
import { Access } from '../platform/web/access.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ApiOAuthErrors } from './api-oauth-error.js';
import { ApiTokenRequests } from './api-token-requests.js';
import { PasswordGrant } from './grants/password.grant.js';
import { TokenResponseDto } from './token-response.dto.js';
import { TokenService } from './token.service.js';

@ApiTags('OAuth 2.0')
@Controller('password')
export class PasswordController {
  constructor(private readonly tokens: TokenService) {}

  /** The token endpoint under a second address, for the password grant alone. @see RFC 6749 §4.3.2 */
  @Post()
  @HttpCode(200)
  @Access('client')
  @UseGuards(ClientAuthenticationGuard)
  @Limited('token')
  @AtTokenEndpoint({ defaultGrantType: PasswordGrant.grantType })
  @Header('cache-control', 'no-store') // RFC 6749 §5.1
  @Header('pragma', 'no-cache')
  @ApiOperation({
    summary: 'Exchange a password for tokens',
    description: 'The token endpoint, for the password grant alone; the EHR decides whether it is on, and for whom. RFC 6749 §4.3.2.',
  })
  @ApiBasicAuth()
  @ApiSecurity({}) // public clients have no credentials
  @ApiTokenRequests([PasswordGrant])
  @ApiOkResponse({ type: TokenResponseDto })
  @ApiOAuthErrors({
    invalid_request: 'A parameter is missing, repeated or malformed, or grant_type is another one.',
    invalid_client: 'The client is unknown, or its credentials are wrong.',
    invalid_grant: 'The credentials are wrong, locked out, or of a role for which the EHR does not allow this grant.',
    unauthorized_client: 'The client waits for approval.',
    unsupported_grant_type: 'The EHR has the password grant switched off.',
    invalid_scope: 'scope is missing, unknown, or nothing that the client is registered for.',
    mfa_token_required: 'The person has a second factor, and mfa_token is missing.',
    mfa_token_invalid: 'mfa_token is wrong or was used before.',
    mfa_not_supported: 'mfa_token was sent for somebody without a second factor, or the factor is one that only a browser can use.',
    temporarily_unavailable: 'The database does not answer, or too many passwords wait to be checked; try again after Retry-After.',
  })
  exchange(@SentForm() form: SentParameters, @AuthenticatedClient() client: Client, @Ip() address: string): Promise<TokenResponseDto> {
    return this.tokens.exchange(asPasswordRequest(form), client, address);
  }
}

/** @throws OAuthError invalid_request when it says that it is something else */
function asPasswordRequest(form: SentParameters): SentParameters {
  const sent = form.one('grant_type');
  if (sent === PasswordGrant.grantType) return form;
  if (sent !== undefined) throw new OAuthError('invalid_request', 'grant_type must be password here');
  const others = form.names().filter((name) => name !== 'grant_type');
  const entries = others.map((name) => [name, form.one(name) ?? ''] as const); // refuses repeated ones
  return new SentParameters([...entries, ['grant_type', PasswordGrant.grantType]]);
}
