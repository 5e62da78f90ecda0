import { Controller, Get, Header, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { selectClaims } from '../protocol/scope/claims-of-scope.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { Access } from '../platform/web/access.js';
import { PeopleService } from '../sign-in/people.service.js';
import { ApiOAuthErrors } from './api-oauth-error.js';
import { BearerToken, type BearersToken } from './bearer-token.decorator.js';
import { BearerTokenGuard } from './bearer-token.guard.js';

class UserinfoRequestDto {
  @ApiProperty({ required: false, description: 'The access token, when it is not in the Authorization header (RFC 6750 §2.2)' })
  access_token?: string;
}

class UserinfoDto {
  [claim: string]: unknown;

  @ApiProperty({ example: '94b1b1f8-0a3c-4e5c-9a53-6d9b6b2f1c11', description: 'The same as in the ID token (OIDC Core §5.3.2)' })
  sub!: string;

  @ApiProperty({ required: false, example: 'Clara Clinician', description: 'Scope `profile` or `name`' })
  name?: string;

  @ApiProperty({ required: false, example: 'clinician@example.org', description: 'Scope `email`' })
  email?: string;

  @ApiProperty({
    required: false,
    example: 'http://localhost:3000/apis/default/fhir/Practitioner/94b1b1f8-0a3c-4e5c-9a53-6d9b6b2f1c11',
    description: 'Scope `fhirUser`',
  })
  fhirUser?: string;
}

const OPERATION = {
  summary: 'Claims about the person',
  description: 'The access token needs the scope `openid`; its other scopes say which claims are told. OIDC Core §5.3, RFC 6750 §2.',
};
const ERRORS = {
  invalid_request: 'The access token was sent twice or cannot be read.',
  invalid_token: 'The access token is expired, revoked or not of this server; without one, the answer is a bare challenge.',
  insufficient_scope: 'The access token lacks the scope openid.',
  temporarily_unavailable: 'The database does not answer; try again after Retry-After.',
};

/** Tells clients about the person. @see OIDC Core §5.3 */
@ApiTags('OpenID Connect')
@ApiBearerAuth()
@Controller('userinfo')
export class UserinfoController {
  constructor(private readonly people: PeopleService) {}

  @Get()
  @Access('bearer')
  @UseGuards(BearerTokenGuard)
  @Header('cache-control', 'no-store')
  @ApiOperation(OPERATION)
  @ApiOkResponse({ type: UserinfoDto })
  @ApiOAuthErrors(ERRORS)
  get(@BearerToken() token: BearersToken): Promise<UserinfoDto> {
    return this.claimsFor(token);
  }

  @Post()
  @HttpCode(200)
  @Access('bearer')
  @UseGuards(BearerTokenGuard)
  @Header('cache-control', 'no-store')
  @ApiOperation(OPERATION)
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiBody({ type: UserinfoRequestDto, required: false })
  @ApiOkResponse({ type: UserinfoDto })
  @ApiOAuthErrors(ERRORS)
  post(@BearerToken() token: BearersToken): Promise<UserinfoDto> {
    return this.claimsFor(token);
  }

  private async claimsFor({ scope, subject, person: records }: BearersToken): Promise<UserinfoDto> {
    if (!scope.includes('openid')) throw new OAuthError('insufficient_scope', 'the access token needs the scope openid'); // OIDC Core §5.3.1
    const person = records && (await this.people.ofRecords(records));
    if (person === null || !person.isActive) {
      throw new OAuthError('invalid_token', 'the account of this person is no longer active');
    }
    return { ...selectClaims(person.claims, scope), sub: subject };
  }
}
