import { Controller, Header, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBasicAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProperty, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Limited } from '../platform/throttle/rate-limit.guard.js';
import { RateLimits } from '../platform/throttle/rate-limits.service.js';
import { Access } from '../platform/web/access.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { EhrIntrospectionResponse } from '../protocol/compatibility/ehr-introspection.js';
import type { IntrospectionResponse, TokenStatus } from '../protocol/token/introspection-response.js';
import { ApiOAuthErrors } from './api-oauth-error.js';
import { IntrospectionService } from './introspection.service.js';
import { TokenQuestionDto } from './token-question.dto.js';

class IntrospectionResponseDto implements IntrospectionResponse {
  @ApiProperty({ example: true, description: 'Whether the token is good (RFC 7662 §2.2)' })
  active!: boolean;

  @ApiProperty({
    enum: ['active', 'expired', 'revoked', 'invalid'],
    description: 'Why it is not. `revoked` also after logout; `invalid` also for wrong credentials and for a token of another client',
  })
  status!: TokenStatus;

  @ApiProperty({ required: false, example: 'openid api:fhir', description: 'Everything that the token allows' })
  scope?: string;

  @ApiProperty({ required: false, example: 1767229200, description: 'When it ends: seconds since 1970' })
  exp?: number;

  @ApiProperty({ required: false, example: '94b1b1f8-0a3c-4e5c-9a53-6d9b6b2f1c11', description: 'uuid of the person in the EHR' })
  sub?: string;

  @ApiProperty({ required: false, example: 'demo-public-client-00000000000000000000000001' })
  client_id?: string;

  @ApiProperty({ required: false, enum: ['Bearer'], description: 'Of active access tokens' })
  token_type?: 'Bearer';

  @ApiProperty({ required: false, description: 'Identifier of an active access token' })
  jti?: string;

  @ApiProperty({ required: false, example: 1767225600, description: 'When an active access token was issued: seconds since 1970' })
  iat?: number;

  @ApiProperty({ required: false, type: [String], description: 'Of active access tokens' })
  aud?: readonly string[];

  @ApiProperty({ required: false, example: 'http://localhost:3000/oauth2/default', description: 'Of active access tokens' })
  iss?: string;

  @ApiProperty({ required: false, example: 1767225000, description: 'When the person signed in, of active access tokens (RFC 9470 §6.2)' })
  auth_time?: number;

  @ApiProperty({ required: false, example: '2', description: 'Authentication context class, of active access tokens (RFC 9470 §6.2)' })
  acr?: string;

  @ApiProperty({
    required: false,
    type: [String],
    example: ['pwd', 'otp', 'mfa'],
    description: 'How the person signed in, of active access tokens (RFC 8176 §2)',
  })
  amr?: readonly string[];

  @ApiProperty({
    required: false,
    example: '9a1b0000-0001-4000-8000-000000000201',
    description: 'uuid of the patient whom the token is about, with other members of its launch context beside it. SMART App Launch 2.2',
  })
  patient?: string;

  @ApiProperty({ required: false, description: 'uuid of the visit, where the launch had one' })
  encounter?: string;

  @ApiProperty({
    required: false,
    example: 'https://emr.example.org/apis/default/fhir/Practitioner/94b1b1f8-0a3c-4e5c-9a53-6d9b6b2f1c11',
    description: 'With the scope of that name',
  })
  fhirUser?: string;
}

@ApiTags('OAuth 2.0')
@Controller('introspect')
export class IntrospectionController {
  constructor(
    private readonly introspection: IntrospectionService,
    private readonly limits: RateLimits,
  ) {}

  /** Introspection endpoint. It is open because wrong credentials are answered like a wrong token, not refused. @see RFC 7662 §2 */
  @Post()
  @HttpCode(200)
  @Access('public')
  @Limited('introspection')
  @Header('cache-control', 'no-store')
  @Header('pragma', 'no-cache')
  @ApiOperation({
    summary: 'Ask how a token stands',
    description:
      'The client that holds an access or refresh token asks about it, with its credentials in the form, by HTTP Basic, or `client_id` alone if it is public; a client that is marked as a resource server asks about access tokens of others as well. RFC 7662 §2; the member `status` is of OpenEMR.',
  })
  @ApiBasicAuth()
  @ApiSecurity({}) // public clients have no credentials
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: TokenQuestionDto })
  @ApiOkResponse({ type: IntrospectionResponseDto })
  @ApiOAuthErrors({
    invalid_request: 'token or client_id is missing or repeated, or the signature of the token is not valid.',
    invalid_client: 'The Basic credentials in the Authorization header cannot be read.',
    temporarily_unavailable: 'The database does not answer; try again after Retry-After.',
  })
  introspect(
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IntrospectionResponseDto | EhrIntrospectionResponse> {
    return this.introspection.introspect(form, request.headers.authorization, (client) =>
      this.limits.takeClient('introspection', client, request, reply),
    );
  }
}
