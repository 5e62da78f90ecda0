import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const HOST = 'https://id.clinic.example';
const ISSUER = `${HOST}/oauth2/default`;
const CAPABILITIES = ['launch-standalone', 'client-public', 'context-standalone-patient', 'permission-v2'];

class AssociatedEndpointDto {
  @ApiProperty({ example: 'https://emr.clinic.example/apis/default/fhir', description: 'A FHIR base that takes tokens of this server' })
  url!: string;

  @ApiProperty({ type: [String], example: CAPABILITIES })
  capabilities!: string[];
}

/** @see SMART App Launch 2.2, Conformance, "Metadata" */
export class SmartConfigurationDto {
  @ApiProperty({ example: ISSUER, description: 'The `iss` of ID tokens' })
  issuer!: string;

  @ApiProperty({ example: `${ISSUER}/jwk`, description: 'Keys that verify ID tokens. RFC 7517 §5' })
  jwks_uri!: string;

  @ApiProperty({ example: `${ISSUER}/authorize`, description: 'By GET or POST. RFC 6749 §3.1' })
  authorization_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/token`, description: 'RFC 6749 §3.2' })
  token_endpoint!: string;

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'] })
  token_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['RS384', 'ES384'], description: 'Of client assertions' })
  token_endpoint_auth_signing_alg_values_supported!: string[];

  @ApiProperty({ type: [String], example: ['authorization_code', 'refresh_token'] })
  grant_types_supported!: string[];

  @ApiPropertyOptional({ example: `${ISSUER}/registration`, description: 'Absent while clients may not register themselves. RFC 7591 §3' })
  registration_endpoint?: string;

  @ApiProperty({ type: [String], example: ['openid', 'fhirUser', 'launch/patient', 'patient/Patient.rs'] })
  scopes_supported!: string[];

  @ApiProperty({ type: [String], example: ['code'] })
  response_types_supported!: string[];

  @ApiProperty({ example: `${HOST}/account/apps`, description: 'Where people see which apps act for them, and cut them off' })
  management_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/introspect`, description: 'RFC 7662 §2' })
  introspection_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/revoke`, description: 'RFC 7009 §2' })
  revocation_endpoint!: string;

  @ApiProperty({ type: [String], example: ['S256'], description: '`plain` is refused. RFC 7636 §4.2' })
  code_challenge_methods_supported!: string[];

  @ApiProperty({ type: [String], example: CAPABILITIES, description: 'SMART App Launch 2.2, Conformance, "Capabilities"' })
  capabilities!: string[];

  @ApiProperty({
    type: [AssociatedEndpointDto],
    description: 'What takes tokens of this server. SMART App Launch 2.2, Conformance, "Metadata"',
  })
  associated_endpoints!: AssociatedEndpointDto[];
}
