import { ApiProperty } from '@nestjs/swagger';

/** The form with which a client asks about a token, or revokes it. @see RFC 7662 §2.1; RFC 7009 §2.1 */
export class TokenQuestionDto {
  @ApiProperty({ description: 'An access token or a refresh token' })
  token!: string;

  @ApiProperty({
    required: false,
    example: 'refresh_token',
    description: '`access_token` or `refresh_token`; not needed, and other values are ignored',
  })
  token_type_hint?: string;

  @ApiProperty({ required: false, example: 'demo-public-client-00000000000000000000000001', description: 'Unless HTTP Basic is used' })
  client_id?: string;

  @ApiProperty({ required: false, description: 'Of confidential clients, unless HTTP Basic is used', format: 'password' })
  client_secret?: string;

  @ApiProperty({
    required: false,
    enum: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    description: 'Beside client_assertion (RFC 7523 §2.2)',
  })
  client_assertion_type?: string;

  @ApiProperty({
    required: false,
    description: 'A JWT signed by the client, instead of a secret; aud is this endpoint, the token endpoint or the issuer (RFC 7523 §3)',
  })
  client_assertion?: string;
}
