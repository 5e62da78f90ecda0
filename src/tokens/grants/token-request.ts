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
}
