import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { APPLICATION_TYPES, type ApplicationType } from '../protocol/client/client-type.js';
import type { SentClientMetadata } from '../protocol/client/client-metadata.js';
import type { ClientAuthMethod } from '../protocol/client/presented-credentials.js';
import { OptionalMetadataDto } from './client-metadata.dto.js';

/**
 * Body of a registration request, by wire names. It documents; what a value may be is decided by `checkClientMetadata`, whose refusals
 * have codes of their own. Members that are not listed are ignored (RFC 7591 §2).
 */
export class RegistrationRequestDto extends OptionalMetadataDto implements SentClientMetadata {
  @ApiProperty({ maxLength: 80, example: 'Growth Charts', description: 'Shown to people when they are asked for consent (RFC 7591 §2)' })
  client_name!: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 30,
    example: ['https://app.example/callback'],
    description:
      'Where answers may be sent; compared exactly. Needed for the grant type authorization_code. https, or http on a loopback address; ' +
      'public and native clients may use a scheme of their own, named after a domain in reverse (RFC 8252 §7)',
  })
  redirect_uris?: string[];

  @ApiPropertyOptional({
    enum: APPLICATION_TYPES,
    example: 'private',
    description:
      'The EHR’s `private` (confidential) or `public`, or `web` or `native` of OIDC Registration §2. Absent: public, unless ' +
      'token_endpoint_auth_method says otherwise',
  })
  application_type?: ApplicationType;

  @ApiPropertyOptional({
    enum: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
    example: 'client_secret_basic',
    description:
      'How the client authenticates (RFC 7591 §2). A secret is accepted by Basic and in the form, whichever is named. A client of ' +
      'private_key_jwt needs jwks or jwks_uri and gets no secret: such a client signs an assertion (RFC 7523 §2.2)',
  })
  token_endpoint_auth_method?: ClientAuthMethod;

  @ApiPropertyOptional({
    example: 'openid profile offline_access api:fhir launch/patient patient/Patient.read',
    description:
      'Scopes, separated by spaces: the most the client can ever be granted. Default `openid profile`. `user/` and `system/` scopes are for ' +
      'confidential clients, `system/` ones for those with keys (RFC 7591 §2)',
  })
  scope?: string;

  @ApiPropertyOptional({
    type: [String],
    example: ['authorization_code', 'refresh_token'],
    description: 'Default `authorization_code`. `password` is passed over: an administrator gives it (RFC 7591 §2)',
  })
  grant_types?: string[];

  @ApiPropertyOptional({ type: [String], example: ['code'], description: 'Default `code` (RFC 7591 §2)' })
  response_types?: string[];

  @ApiPropertyOptional({ example: 'https://app.example/', description: 'Home page. Checked, and not kept: the EHR has no place for it' })
  client_uri?: string;

  @ApiPropertyOptional({ enum: ['public'], example: 'public', description: 'Every client sees the same `sub` (OIDC Core §8)' })
  subject_type?: string;

  @ApiPropertyOptional({ enum: ['RS256'], example: 'RS256', description: 'OIDC Registration §2' })
  id_token_signed_response_alg?: string;
}
