import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

/** What every token request may carry: how the client says who it is. The guard of the route reads it. */
export abstract class TokenRequest {
  @ApiProperty({ required: false, description: 'Public clients, and confidential ones that do not use HTTP Basic (RFC 6749 §2.3.1)' })
  @IsOptional()
  @IsString()
  client_id?: string;

  @ApiProperty({ required: false, description: 'Confidential clients that do not use HTTP Basic (RFC 6749 §2.3.1)', format: 'password' })
  @IsOptional()
  @IsString()
  client_secret?: string;

  @ApiProperty({
    required: false,
    enum: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'],
    description: 'Beside client_assertion (RFC 7523 §2.2)',
  })
  @IsOptional()
  @IsString()
  client_assertion_type?: string;

  @ApiProperty({
    required: false,
    description:
      'Clients with keys, instead of a secret: a JWT signed by one of them, with iss and sub the client_id, aud this endpoint or the issuer, ' +
      'exp at most five minutes ahead, and a jti of its own (RFC 7523 §3)',
  })
  @IsOptional()
  @IsString()
  client_assertion?: string;
}
