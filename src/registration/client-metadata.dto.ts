import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DSI_TYPES, type DsiType } from '../protocol/client/decision-support.js';

/** One answer about the sources of decision support. */
export class DsiSourceAttributeDto {
  @ApiProperty({ maxLength: 100, example: 'dsi_source_attributes_1', description: 'Name of the attribute in the list of the EHR' })
  name!: string;

  @ApiProperty({ maxLength: 10_000, example: 'Developed by Example Health, Inc.' })
  value!: string;
}

/** A set of public keys. */
export class PublicKeySetDto {
  @ApiProperty({
    type: 'array',
    minItems: 1,
    maxItems: 50,
    items: { type: 'object', additionalProperties: true, required: ['kty'], properties: { kty: { type: 'string' } } },
    example: [{ kty: 'EC', crv: 'P-384', x: 'Nj2g…', y: 'kM3v…', kid: '2026-01', use: 'sig', alg: 'ES384' }],
    description: 'Public keys only: one with a secret member is refused (RFC 7517 §5)',
  })
  keys!: Record<string, unknown>[];
}

/** Members that a client may leave out, in the request and in the answer alike. */
export class OptionalMetadataDto {
  @ApiPropertyOptional({
    type: [String],
    example: ['https://app.example/signed-out'],
    description: 'Where a browser may be sent after logout; compared exactly (OIDC RP-Initiated Logout §3.1)',
  })
  post_logout_redirect_uris?: string[];

  @ApiPropertyOptional({ type: [String], example: ['support@app.example'], description: 'People responsible for the client (RFC 7591 §2)' })
  contacts?: string[];

  @ApiPropertyOptional({ type: PublicKeySetDto, description: 'Public keys of the client; not together with jwks_uri (RFC 7591 §2)' })
  jwks?: PublicKeySetDto;

  @ApiPropertyOptional({
    example: 'https://app.example/jwks.json',
    description: 'Where the public keys of the client are; https (RFC 7591 §2)',
  })
  jwks_uri?: string;

  @ApiPropertyOptional({ example: 'https://app.example/launch', description: 'Where the EHR starts the app; https (SMART App Launch §2)' })
  initiate_login_uri?: string;

  @ApiPropertyOptional({ example: 'https://app.example/privacy', description: 'How the client uses data, for people (RFC 7591 §2)' })
  policy_uri?: string;

  @ApiPropertyOptional({ example: 'https://app.example/terms', description: 'Terms of service, for people (RFC 7591 §2)' })
  tos_uri?: string;

  @ApiPropertyOptional({
    example: 'https://app.example/logo.png',
    description: 'Logo. Checked and returned once; the EHR does not keep it (RFC 7591 §2)',
  })
  logo_uri?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 20,
    example: ['2'],
    description:
      'What a request without `acr_values` asks for; see acr_values_supported. Values that are not known here are kept, and ask for nothing ' +
      '(OIDC Registration §2)',
  })
  default_acr_values?: string[];

  @ApiPropertyOptional({ enum: DSI_TYPES, example: 'none', description: 'Kind of decision support the app gives; a member of the EHR' })
  dsi_type?: DsiType;

  @ApiPropertyOptional({
    type: [DsiSourceAttributeDto],
    description: 'Sources of the decision support; kept when dsi_type is evidence or predictive',
  })
  dsi_source_attributes?: DsiSourceAttributeDto[];
}
