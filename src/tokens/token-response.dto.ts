import { ApiProperty } from '@nestjs/swagger';
import type { TokenResponse } from '../protocol/token/token-response.js';

/** Success of the token endpoint. @see RFC 6749 §5.1; OIDC Core §3.1.3.3 */
export class TokenResponseDto implements TokenResponse {
  [contextMember: string]: unknown;

  @ApiProperty({ required: false, description: 'Signed, RS256; with the scope `openid` (OIDC Core §3.1.3.3)' })
  id_token?: string;

  @ApiProperty({ required: false, example: 'openid offline_access api:fhir', description: 'Everything that was granted (RFC 6749 §3.3)' })
  scope?: string;

  @ApiProperty({ enum: ['Bearer'], description: 'RFC 6749 §7.1' })
  token_type!: 'Bearer';

  @ApiProperty({ example: 3600, description: 'Seconds' })
  expires_in!: number;

  @ApiProperty({ description: 'Signed, RS256 (RFC 9068)' })
  access_token!: string;

  @ApiProperty({ required: false, description: 'With the scope `offline_access` (OIDC Core §11)' })
  refresh_token?: string;
}
