import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiResponse } from '@nestjs/swagger';
import { RegistrationRequestDto } from './registration.dto.js';

const CONFIDENTIAL = {
  application_type: 'private',
  client_name: 'Growth Charts',
  redirect_uris: ['https://app.example/callback', 'https://app.example/callback2'],
  post_logout_redirect_uris: ['https://app.example/signed-out'],
  initiate_login_uri: 'https://app.example/launch',
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  scope: 'openid profile fhirUser offline_access api:fhir launch user/Patient.read user/Observation.read',
  contacts: ['support@app.example'],
  policy_uri: 'https://app.example/privacy',
  tos_uri: 'https://app.example/terms',
};

const PUBLIC = {
  application_type: 'public',
  client_name: 'My Health',
  redirect_uris: ['https://phone.example/callback', 'example.phone.app:/callback', 'http://127.0.0.1/callback'],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  scope: 'openid fhirUser offline_access api:fhir launch/patient patient/Patient.read patient/Observation.read',
  contacts: ['support@phone.example'],
};

const SIGNING = {
  application_type: 'private',
  client_name: 'Nightly Export',
  redirect_uris: ['https://export.example/callback'],
  token_endpoint_auth_method: 'private_key_jwt',
  jwks_uri: 'https://export.example/jwks.json',
  scope: 'openid user/Patient.read',
};

const SERVICE = {
  client_name: 'Nightly Report',
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: ['client_credentials'],
  jwks: { keys: [{ kty: 'EC', crv: 'P-384', x: 'Nj2g…', y: 'kM3v…', kid: '2026-01', use: 'sig', alg: 'ES384' }] },
  scope: 'system/Patient.rs system/Observation.rs',
};

/** One request body for each kind of client. */
export const REGISTRATION_EXAMPLES = {
  public: { summary: 'Public: an app on a phone or in a browser', value: PUBLIC },
  confidential: { summary: 'Confidential: an app with a server of its own', value: CONFIDENTIAL },
  signing: { summary: 'Confidential, by a key instead of a secret', value: SIGNING },
  service: { summary: 'Back-end service, without a user (while the EHR allows system scopes)', value: SERVICE },
};

/** The body of a registration request, with an example for each kind of client. */
export const ApiRegistrationBody = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(RegistrationRequestDto),
    ApiBody({
      type: RegistrationRequestDto,
      examples: REGISTRATION_EXAMPLES,
    }),
  );

/**
 * One refusal of an endpoint.
 * @param examples what `error_description` may say, by error code
 */
export const ApiRefusal = (status: number, description: string, examples: Readonly<Record<string, string>>): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['error'],
          properties: { error: { type: 'string', enum: Object.keys(examples) }, error_description: { type: 'string' } },
        },
        examples: Object.fromEntries(
          Object.entries(examples).map(([error, text]) => [error, { value: { error, error_description: text } }]),
        ),
      },
    },
  });
