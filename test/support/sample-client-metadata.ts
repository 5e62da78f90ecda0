import { checkClientMetadata, type RegistrationPolicy, type SentClientMetadata } from '../../src/protocol/client/client-metadata.js';

export const policy: RegistrationPolicy = {
  scopes: [
    'openid',
    'profile',
    'offline_access',
    'api:fhir',
    'launch/patient',
    'patient/Patient.read',
    'user/Patient.read',
    'system/Patient.rs',
  ],
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
  responseTypes: ['code'],
  clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  idTokenSigningAlgorithms: ['RS256'],
};
export const minimal: SentClientMetadata = { client_name: 'An app', redirect_uris: ['https://app.example/cb'] };
export const jwks = { keys: [{ kty: 'RSA', n: 'AQAB', e: 'AQAB' }] };
export const check = (more: SentClientMetadata) => checkClientMetadata({ ...minimal, ...more }, policy);
