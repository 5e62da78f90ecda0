import { Controller, Header, HttpCode, Ip, Post, UseGuards } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { AuthenticatedClient } from '../clients/authenticated-client.decorator.js';
import { ClientAuthenticationGuard } from '../clients/client-authentication.guard.js';
import { Client } from '../clients/client.entity.js';
import { Access } from '../platform/web/access.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ApiOAuthErrors } from './api-oauth-error.js';
import { RevocationService } from './revocation.service.js';
import { TokenQuestionDto } from './token-question.dto.js';

@ApiTags('OAuth 2.0')
@Controller('revoke')
export class RevocationController {
  constructor(private readonly revocation: RevocationService) {}

  /** Revocation endpoint. @see RFC 7009 §2 */
  @Post()
  @HttpCode(200)
  @Access('client')
  @UseGuards(ClientAuthenticationGuard)
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'Revoke a token',
    description:
      'An access token ends alone; a refresh token ends with every token of its grant. An unknown token is answered like a revoked one. RFC 7009 §2.',
  })
  @ApiBasicAuth()
  @ApiSecurity({}) // public clients have no credentials
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenQuestionDto })
  @ApiOkResponse({ description: 'The token is good no more. The body is empty.' })
  @ApiOAuthErrors({
    invalid_request: 'token is missing, or a parameter is repeated.',
    invalid_client: 'The client is unknown, or its credentials are wrong.',
    invalid_grant: 'The token was issued to another client.',
    unauthorized_client: 'The client waits for approval.',
    temporarily_unavailable: 'The database does not answer; try again after Retry-After.',
  })
  revoke(@SentForm() form: SentParameters, @AuthenticatedClient() client: Client, @Ip() address: string): Promise<void> {
    return this.revocation.revoke(form, client, address);
  }
}
