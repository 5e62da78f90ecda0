import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../platform/web/access.js';
import { StandingAnswers } from '../platform/web/standing-answers.js';
import { KEY_TIMES } from './key-times.js';
import { SigningKeysService } from './signing-keys.service.js';

class PublishedKeyDto {
  @ApiProperty({ example: 'RSA', description: 'RFC 7517 §4.1' })
  kty!: string;

  @ApiProperty({ example: 'sig', description: 'RFC 7517 §4.2' })
  use!: string;

  @ApiProperty({ example: 'RS256', description: 'RFC 7517 §4.4' })
  alg!: string;

  @ApiProperty({ example: 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs', description: 'Thumbprint of the key (RFC 7638)' })
  kid!: string;

  @ApiProperty({ description: 'Modulus, base64url (RFC 7518 §6.3.1.1)' })
  n!: string;

  @ApiProperty({ example: 'AQAB', description: 'Exponent, base64url (RFC 7518 §6.3.1.2)' })
  e!: string;
}

class KeySetDto {
  @ApiProperty({ type: [PublishedKeyDto], description: 'RFC 7517 §5.1' })
  keys!: PublishedKeyDto[];
}

/** Publishes what tokens are verified with. */
@ApiTags('Discovery')
@Controller('jwk')
export class JwksController {
  constructor(
    private readonly keys: SigningKeysService,
    standing: StandingAnswers,
  ) {
    standing.add('jwk', KEY_TIMES.keySetMaxAge, () => keys.document);
  }

  /** JWK Set document. @see RFC 7517 §5 */
  @Get()
  @Access('public')
  @ApiOperation({
    summary: 'Public signing keys',
    description: 'Verify access tokens and ID tokens with these. RFC 7517 §5; `jwks_uri` of OIDC Discovery §3.',
  })
  @ApiHeader({ name: 'if-none-match', required: false, description: 'ETag of the copy you hold' })
  @ApiOkResponse({ type: KeySetDto })
  @ApiResponse({ status: 304, description: 'Your copy is still right' })
  get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    const { body, etag } = this.keys.document;
    void reply.headers({ 'cache-control': `public, max-age=${KEY_TIMES.keySetMaxAge}`, etag });
    if (matches(request.headers['if-none-match'], etag)) {
      void reply.status(304);
      return '';
    }
    void reply.header('content-type', 'application/json; charset=utf-8');
    return body;
  }
}

/** A list of tags, weak ones included, or `*`. RFC 9110 §13.1.2 */
function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
