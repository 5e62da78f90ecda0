import { applyDecorators, Controller, Get, Header, HttpCode, Param, Post, Req, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { REGISTRATION_ACCESS_TOKEN } from '../platform/openapi/security-schemes.js';
import { Access, ERROR_CHANNEL } from '../platform/web/access.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ClientInformationDto } from './client-information.dto.js';
import { findPresentedToken } from './presented-token.js';
import { ApiRefusal } from './registration.openapi.js';
import { RegistrationService } from './registration.service.js';

/** What both ways of reading have in common. */
const ReadsBack = (): MethodDecorator =>
  applyDecorators(
    Access('public'),
    SetMetadata(ERROR_CHANNEL, 'bearer'), // RFC 7592 §2: the registration access token is a bearer token, and so are its errors
    Header('cache-control', 'no-store'),
    Header('pragma', 'no-cache'),
    ApiBearerAuth(REGISTRATION_ACCESS_TOKEN),
    ApiParam({ name: 'path', example: '9mZ0sPq1x7lJ4bRk2TnWdA', description: 'Last part of registration_client_uri' }),
    ApiOkResponse({ type: ClientInformationDto, description: 'What is registered (RFC 7592 §3)' }),
    ApiRefusal(400, 'The token was sent in more than one way (RFC 6750 §2)', {
      invalid_request: 'the token was sent in more than one way',
    }),
    ApiRefusal(401, 'Unknown client, or wrong token; without a Bearer header the body is empty (RFC 7592 §2.1, RFC 6750 §3.1)', {
      invalid_token: 'The registration access token is not valid here.',
    }),
    ApiRefusal(500, 'The server lacks the key for secrets', {
      server_error: 'The server cannot read the secret of this client; its operator must look into it.',
    }),
    ApiRefusal(503, 'The database does not answer', { temporarily_unavailable: 'The server is busy; try again in a moment.' }),
  );

/** Client configuration endpoint: reads a registration back. @see RFC 7592 §2.1 */
@ApiTags('Client registration')
@Controller('client/:path')
export class ClientConfigurationController {
  constructor(private readonly registration: RegistrationService) {}

  @Get()
  @ReadsBack()
  @ApiOperation({ summary: 'Read a registration back', description: 'RFC 7592 §2.1, with the registration_access_token as bearer token.' })
  read(@Param('path') path: string, @Req() request: FastifyRequest): Promise<ClientInformationDto> {
    return this.registration.read(path, findPresentedToken(request.headers.authorization));
  }

  @Post()
  @HttpCode(200)
  @ReadsBack()
  @ApiOperation({
    summary: 'Read a registration back, with the token in a form',
    description:
      'The EHR’s way, for its clients: the registration_access_token as member `access_token` of a form (RFC 6750 §2.2), or as bearer token.',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({
    required: false,
    schema: { type: 'object', properties: { access_token: { type: 'string', description: 'registration_access_token' } } },
  })
  readByForm(@Param('path') path: string, @Req() request: FastifyRequest): Promise<ClientInformationDto> {
    const form = request.body instanceof SentParameters ? request.body : null;
    return this.registration.read(path, findPresentedToken(request.headers.authorization, form?.one('access_token')));
  }
}
