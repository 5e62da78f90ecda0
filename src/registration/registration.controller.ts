import { Body, Controller, Header, HttpCode, Ip, Post, Res, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Compatibility } from '../clients/compatibility.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { INITIAL_ACCESS_TOKEN } from '../platform/openapi/security-schemes.js';
import { Limited } from '../platform/throttle/rate-limit.guard.js';
import { Access, ERROR_CHANNEL } from '../platform/web/access.js';
import { ClientInformationDto } from './client-information.dto.js';
import { withEmptySecret } from './client-information.js';
import { InitialAccessGuard } from './initial-access.guard.js';
import { ApiRefusal, ApiRegistrationBody } from './registration.openapi.js';
import { registrationEntry } from './registration-entry.js';
import { RegistrationService } from './registration.service.js';

/** Client registration endpoint. @see RFC 7591 §3 */
@ApiTags('Client registration')
@Controller('registration')
export class RegistrationController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly audit: AuditService,
    private readonly compatibility: Compatibility,
  ) {}

  @Post()
  @HttpCode(201)
  @SetMetadata(ERROR_CHANNEL, 'bearer') // RFC 7591 §3: the initial access token is a bearer token, and so are its errors
  @Access('public')
  @UseGuards(InitialAccessGuard)
  @Limited('registration')
  @Header('cache-control', 'no-store')
  @Header('pragma', 'no-cache')
  @ApiOperation({
    summary: 'Register a client',
    description:
      'RFC 7591 §3, OIDC Registration §3. The answer holds what was registered, and the secret of a confidential client. A client with ' +
      '`user/` or `system/` scopes, a public one with `launch`, and every client where the EHR says so, waits for an administrator: the ' +
      'member `approval` says so in words. Who may register is a setting (`CHARTKEY_REGISTRATION`): everyone, whoever has the initial ' +
      'access token, or nobody.',
  })
  @ApiSecurity({})
  @ApiBearerAuth(INITIAL_ACCESS_TOKEN)
  @ApiRegistrationBody()
  @ApiCreatedResponse({ type: ClientInformationDto, description: 'Registered (RFC 7591 §3.2.1)' })
  @ApiOkResponse({ type: ClientInformationDto, description: 'Registered, where the switch `registration-200` restores the EHR’s answer' })
  @ApiRefusal(400, 'Refused; nothing was stored (RFC 7591 §3.2.2)', {
    invalid_redirect_uri: 'redirect_uris[0] must use https: plain http is for loopback addresses',
    invalid_client_metadata: 'system and user scopes are only allowed for confidential clients',
    invalid_scope: 'the scope user/Everything.read is not known to this server',
    invalid_request: 'the body is not valid JSON',
  })
  @ApiRefusal(401, 'Registration needs an initial access token, and this is none; without any the body is empty (RFC 6750 §3.1)', {
    invalid_token: 'Registration needs the initial access token that the operator of this server gives out.',
  })
  @ApiRefusal(403, 'Registration is closed', {
    access_denied: 'Clients cannot register themselves here; ask the operator of this server.',
  })
  @ApiRefusal(413, 'The body is too large', { invalid_request: 'The body is too large.' })
  @ApiRefusal(500, 'The server lacks the key for secrets', {
    server_error: 'The server cannot keep a secret for this client; its operator must look into it.',
  })
  @ApiRefusal(503, 'The database does not answer', { temporarily_unavailable: 'The server is busy; try again in a moment.' })
  async register(
    @Body() body: unknown,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ClientInformationDto> {
    const registered = await this.registration.register(body);
    await this.audit.record(registrationEntry(registered, address));
    if (!(await this.compatibility.apply('registration-200', null))) return registered;
    void reply.status(200);
    return withEmptySecret(registered);
  }
}
