import { Controller, Header, HttpCode, Ip, Post, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { AuthenticatedClient } from '../clients/authenticated-client.decorator.js';
import { ClientAuthenticationGuard } from '../clients/client-authentication.guard.js';
import { Client } from '../clients/client.entity.js';
import { AtTokenEndpoint } from '../clients/token-endpoint.decorator.js';
import { Limited } from '../platform/throttle/rate-limit.guard.js';
import { Access } from '../platform/web/access.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ApiOAuthErrors } from './api-oauth-error.js';
import { ApiTokenRequests } from './api-token-requests.js';
import { GRANTS } from './grants/index.js';
import { RefreshTokenReader } from './refresh-token-reader.guard.js';
import { TokenResponseDto } from './token-response.dto.js';
import { TokenService } from './token.service.js';

@ApiTags('OAuth 2.0')
@Controller('token')
export class TokenController {
  constructor(private readonly tokens: TokenService) {}

  /** Token endpoint. @see RFC 6749 §3.2 */
  @Post()
  @HttpCode(200)
  @Access('client')
  @UseGuards(RefreshTokenReader, ClientAuthenticationGuard)
  @Limited('token')
  @AtTokenEndpoint()
  @Header('cache-control', 'no-store') // RFC 6749 §5.1
  @Header('pragma', 'no-cache')
  @ApiOperation({
    summary: 'Exchange a grant for tokens',
    description:
      'Clients authenticate by HTTP Basic, by `client_id` and `client_secret` in the form, or by a signed `client_assertion`; public clients send `client_id` alone. RFC 6749 §3.2, RFC 7523 §2.2.',
  })
  @ApiBasicAuth()
  @ApiSecurity({}) // public clients have no credentials
  @ApiTokenRequests(GRANTS)
  @ApiOkResponse({ type: TokenResponseDto })
  @ApiOAuthErrors({
    invalid_request: 'A parameter is missing, repeated or malformed.',
    invalid_client: 'The client is unknown, its credentials are wrong, or its assertion does not fit or was used before.',
    invalid_grant:
      'The code or refresh token is unknown, used, expired, revoked, or of another client; redirect_uri or code_verifier do not match; or a password is refused.',
    unauthorized_client: 'The client waits for approval, or is not registered for this grant type.',
    unsupported_grant_type: 'There is no such grant type here, or the EHR has it switched off.',
    invalid_scope:
      'A refresh asks for more than was granted, or the password or client credentials grant for nothing that the client may have.',
    mfa_token_required: 'Password grant: the person has a second factor, and mfa_token is missing.',
    mfa_token_invalid: 'Password grant: mfa_token is wrong or was used before.',
    mfa_not_supported: 'Password grant: mfa_token was sent for somebody without a second factor, or the factor works only in a browser.',
    temporarily_unavailable: 'The database does not answer, or too many requests use one grant at once; try again after Retry-After.',
  })
  exchange(@SentForm() form: SentParameters, @AuthenticatedClient() client: Client, @Ip() address: string): Promise<TokenResponseDto> {
    return this.tokens.exchange(form, client, address);
  }
}
