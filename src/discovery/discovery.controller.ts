import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { Access } from '../platform/web/access.js';
import { StandingAnswers } from '../platform/web/standing-answers.js';
import { DiscoveryDocumentsService } from './discovery-documents.service.js';
import { AuthorizationServerMetadataDto, OpenidConfigurationDto } from './discovery.dto.js';

/** Seconds for which anyone may keep a document: a changed setting is known everywhere soon after. */
const KEPT = 300;

const IF_NONE_MATCH = { name: 'if-none-match', required: false, description: 'ETag of the copy you hold (RFC 9110 §13.1.2)' };
const UNCHANGED = { status: 304, description: 'Your copy is still right' };

/** Publishes what this server is and can do. */
@ApiTags('Discovery')
@Controller()
export class DiscoveryController {
  constructor(
    private readonly documents: DiscoveryDocumentsService,
    private readonly config: Config,
    standing: StandingAnswers,
  ) {
    standing.add('.well-known/openid-configuration', KEPT, (globals) => documents.under(globals).openid);
    standing.add('.well-known/oauth-authorization-server', KEPT, (globals) => documents.under(globals).oauth);
  }

  /** OpenID provider metadata. @see OIDC Discovery §4 */
  @Get('.well-known/openid-configuration')
  @Access('public')
  @ApiOperation({ summary: 'OpenID Connect discovery document', description: 'Everything in it works. OIDC Discovery §3, §4; RFC 9207 §3' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: OpenidConfigurationDto })
  @ApiResponse(UNCHANGED)
  async openid(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    return (await this.documents.read()).openid.answer(request, reply, KEPT);
  }

  /** The same for plain OAuth clients, where some of them look for it. @see RFC 8414 §3.1 */
  @Get('.well-known/oauth-authorization-server')
  @Access('public')
  @ApiOperation({
    summary: 'Authorization server metadata',
    description: 'For clients that append the well-known path to the issuer. RFC 8414 §2, §5',
  })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: AuthorizationServerMetadataDto })
  @ApiResponse(UNCHANGED)
  async oauth(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    return (await this.documents.read()).oauth.answer(request, reply, KEPT);
  }

  /** The same at the place which the standard gives it: the well-known path stands before the path of the issuer. @see RFC 8414 §3.1 */
  @Get('/.well-known/oauth-authorization-server/oauth2/:site')
  @Access('public')
  @ApiOperation({ summary: 'Authorization server metadata, at its standard address', description: 'RFC 8414 §2, §3.1' })
  @ApiParam({ name: 'site', description: 'Name of the EHR site', example: 'default' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: AuthorizationServerMetadataDto })
  @ApiResponse(UNCHANGED)
  @ApiNotFoundResponse({ description: '`invalid_request`: this process serves another site' })
  async oauthOfSite(
    @Param('site') site: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    if (site !== this.config.site) throw new NotFoundException();
    return this.oauth(request, reply);
  }
}
