import { Controller, Get, NotFoundException, Param, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { Access } from '../platform/web/access.js';
import { DiscoveryDocumentsService } from './discovery-documents.service.js';
import { SmartConfigurationDto } from './smart-configuration.dto.js';

/** Seconds for which anyone may keep the document. */
const KEPT = 300;

const IF_NONE_MATCH = { name: 'if-none-match', required: false, description: 'ETag of the copy you hold (RFC 9110 §13.1.2)' };
const UNCHANGED = { status: 304, description: 'Your copy is still right' };

/** Tells SMART apps what this server is and can do. */
@ApiTags('Discovery')
@Controller()
export class SmartConfigurationController {
  constructor(
    private readonly documents: DiscoveryDocumentsService,
    private readonly config: Config,
  ) {}

  /** Beside the other discovery documents. */
  @Get('.well-known/smart-configuration')
  @Access('public')
  @ApiOperation({ summary: 'SMART configuration', description: 'Everything in it works. SMART App Launch 2.2, Conformance' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: SmartConfigurationDto })
  @ApiResponse(UNCHANGED)
  async get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string | undefined> {
    return (await this.documents.read()).smart.answer(request, reply, KEPT);
  }

  /** The same where apps look for it, for a web server that hands this address of the FHIR base on. */
  @Get('/apis/:site/fhir/.well-known/smart-configuration')
  @Access('public')
  @ApiOperation({
    summary: 'SMART configuration, at the FHIR base',
    description: 'Where apps look for it, once the web server hands this address on. SMART App Launch 2.2, Conformance',
  })
  @ApiParam({ name: 'site', description: 'Name of the EHR site', example: 'default' })
  @ApiHeader(IF_NONE_MATCH)
  @ApiOkResponse({ type: SmartConfigurationDto })
  @ApiResponse(UNCHANGED)
  @ApiNotFoundResponse({ description: '`invalid_request`: this process serves another site' })
  async getAtFhirBase(
    @Param('site') site: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    if (site !== this.config.site) throw new NotFoundException();
    return this.get(request, reply);
  }
}
