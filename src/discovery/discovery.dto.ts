import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const ISSUER = 'https://id.clinic.example/oauth2/default';

/** @see RFC 8414 §2 */
export class AuthorizationServerMetadataDto {
  @ApiProperty({ example: ISSUER, description: 'Character for character the `iss` of tokens and of answers. RFC 8414 §2' })
  issuer!: string;

  @ApiProperty({ example: `${ISSUER}/authorize`, description: 'RFC 6749 §3.1' })
  authorization_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/token`, description: 'RFC 6749 §3.2' })
  token_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/jwk`, description: 'RFC 7517 §5' })
  jwks_uri!: string;

  @ApiPropertyOptional({ example: `${ISSUER}/registration`, description: 'Absent while clients may not register themselves. RFC 7591 §3' })
  registration_endpoint?: string;

  @ApiProperty({ example: `${ISSUER}/introspect`, description: 'RFC 7662 §2' })
  introspection_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/revoke`, description: 'RFC 7009 §2' })
  revocation_endpoint!: string;

  @ApiProperty({
    type: [String],
    example: ['openid', 'offline_access', 'site:default', 'patient/Patient.read'],
    description: 'RFC 6749 §3.3',
  })
  scopes_supported!: string[];

  @ApiProperty({ type: [String], example: ['code'], description: 'RFC 6749 §3.1.1' })
  response_types_supported!: string[];

  @ApiProperty({
    type: [String],
    example: ['query', 'form_post'],
    description: 'OAuth 2.0 Multiple Response Types §2.1; Form Post Response Mode',
  })
  response_modes_supported!: string[];

  @ApiProperty({ type: [String], example: ['authorization_code', 'refresh_token'] })
  grant_types_supported!: string[];

  @ApiProperty({ type: [String], example: ['S256'], description: 'RFC 7636 §4.2' })
  code_challenge_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post', 'none'], description: 'RFC 6749 §2.3' })
  token_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post', 'none'] })
  introspection_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ type: [String], example: ['client_secret_basic', 'client_secret_post', 'none'] })
  revocation_endpoint_auth_methods_supported!: string[];

  @ApiProperty({ example: true, description: 'Answers to the browser carry `iss`. RFC 9207 §3' })
  authorization_response_iss_parameter_supported!: boolean;

  @ApiProperty({ type: [String], example: ['en', 'es'], description: 'Languages of the pages (BCP 47)' })
  ui_locales_supported!: string[];

  @ApiPropertyOptional({ example: 'https://id.clinic.example/swagger' })
  service_documentation?: string;
}

/** @see OIDC Discovery §3 */
export class OpenidConfigurationDto extends AuthorizationServerMetadataDto {
  @ApiProperty({ example: `${ISSUER}/userinfo`, description: 'OIDC Core §5.3' })
  userinfo_endpoint!: string;

  @ApiProperty({ example: `${ISSUER}/logout`, description: 'OIDC RP-Initiated Logout §2.1' })
  end_session_endpoint!: string;

  @ApiProperty({ type: [String], example: ['public'], description: 'OIDC Core §8' })
  subject_types_supported!: string[];

  @ApiProperty({ type: [String], example: ['RS256'], description: 'OIDC Core §2' })
  id_token_signing_alg_values_supported!: string[];

  @ApiProperty({ type: [String], example: ['1', '2'], description: 'One factor, two factors. OIDC Core §2' })
  acr_values_supported!: string[];

  @ApiProperty({ type: [String], example: ['none', 'login', 'consent', 'select_account'], description: 'OIDC Core §3.1.2.1' })
  prompt_values_supported!: string[];

  @ApiProperty({ type: [String], example: ['normal'], description: 'OIDC Core §5.6' })
  claim_types_supported!: string[];

  @ApiProperty({ type: [String], example: ['sub', 'name', 'email', 'fhirUser'], description: 'OIDC Core §5.1' })
  claims_supported!: string[];

  @ApiProperty({ example: false, description: 'OIDC Core §5.5' })
  claims_parameter_supported!: boolean;

  @ApiProperty({ example: false, description: 'OIDC Core §6.1' })
  request_parameter_supported!: boolean;

  @ApiProperty({ example: false, description: 'OIDC Core §6.2' })
  request_uri_parameter_supported!: boolean;

  @ApiProperty({ example: false, description: 'OIDC Discovery §3' })
  require_request_uri_registration!: boolean;
}
