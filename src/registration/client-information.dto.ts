import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ApplicationType } from '../protocol/client/client-type.js';
import type { ClientAuthMethod } from '../protocol/client/presented-credentials.js';
import { OptionalMetadataDto } from './client-metadata.dto.js';

/** Why a client cannot be used yet. */
export class ApprovalDto {
  @ApiProperty({ enum: ['pending'], example: 'pending' })
  status!: 'pending';

  @ApiProperty({
    example:
      'An administrator must approve this client before it can be used, because it asks for access beyond one patient (user/Patient.read).',
  })
  message!: string;
}

/** What a client learns about its registration. @see RFC 7591 §3.2.1; RFC 7592 §3 */
export class ClientInformationDto extends OptionalMetadataDto {
  @ApiProperty({ example: 'pHmX1rWUbnWzYQy7Cv3bRZBhb8CIYmFzvG0_SVVqFSs', description: 'RFC 7591 §3.2.1' })
  client_id!: string;

  @ApiPropertyOptional({ description: 'Of confidential clients, except those of private_key_jwt; keep it safe (RFC 7591 §3.2.1)' })
  client_secret?: string;

  @ApiProperty({ description: 'Bearer token for registration_client_uri; keep it safe (RFC 7592 §3)' })
  registration_access_token!: string;

  @ApiProperty({
    example: 'http://localhost:3000/oauth2/default/client/9mZ0sPq1x7lJ4bRk2TnWdA',
    description: 'Where the registration can be read back (RFC 7592 §3)',
  })
  registration_client_uri!: string;

  @ApiPropertyOptional({ example: 1767225600, description: 'Epoch seconds (RFC 7591 §3.2.1)' })
  client_id_issued_at?: number;

  @ApiPropertyOptional({ example: 0, description: '0: the secret does not expire. Only with a secret (RFC 7591 §3.2.1)' })
  client_secret_expires_at?: number;

  @ApiProperty({
    enum: ['user', 'patient'],
    example: 'user',
    description: 'The EHR’s word: `user` for confidential clients, `patient` for public ones',
  })
  client_role!: string;

  @ApiProperty({ example: 'Growth Charts' })
  client_name!: string;

  @ApiProperty({
    enum: ['private', 'public', 'web', 'native'],
    example: 'private',
    description: 'As sent; read back as `private` or `public`, which is what the EHR keeps',
  })
  application_type!: ApplicationType;

  @ApiProperty({ type: [String], example: ['https://app.example/callback'] })
  redirect_uris!: string[];

  @ApiProperty({
    example: 'openid fhirUser launch user/Patient.read',
    description: 'What was registered; it may differ from what was sent',
  })
  scope!: string;

  @ApiProperty({ type: [String], example: ['authorization_code'] })
  grant_types!: string[];

  @ApiProperty({ type: [String], example: ['code'] })
  response_types!: string[];

  @ApiProperty({
    enum: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    example: 'client_secret_basic',
    description: 'As sent; read back as client_secret_basic for every client with a secret',
  })
  token_endpoint_auth_method!: ClientAuthMethod;

  @ApiPropertyOptional({ type: ApprovalDto, description: 'Only while the client cannot be used' })
  approval?: ApprovalDto;
}
