import type { DemoTable } from './demo-table.js';

/** A client that is registered on the demo site from the start. */
export interface DemoClient {
  clientId: string;
  clientName: string;
  /** Whose data it is for: `user` is staff. */
  clientRole: 'user' | 'patient';
  /** In clear; null for a public client. Published with the source, so it protects nothing. */
  clientSecret: string | null;
  redirectUris: readonly string[];
  scope: string;
  contacts: readonly string[];
  registrationToken: string;
  registrationUriPath: string;
  logoutRedirectUri: string | null;
  initiateLoginUri: string | null;
}

/** The clients of the demo site: a confidential one for staff and a public one for patients. Both are enabled. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  {
    clientId: 'demo-confidential-client-0000000000000000001',
    clientName: 'Demo confidential app',
    clientRole: 'user',
    clientSecret: 'lLOgb24pxTcUyPuXrxG9Fp92ZqzI9ayZJ5o3fEwYtOlp-K-wJbjedLN_dau7JdHDRk92KlNtfWfNWwMeBMX_PA',
    redirectUris: ['https://client.example.org/callback', 'https://client.example.org/cb2'],
    scope:
      'openid offline_access fhirUser api:oemr api:fhir launch launch/patient user/Patient.read user/Observation.read patient/Patient.read',
    contacts: ['ops@example.org', 'dev@example.org'],
    registrationToken: 'demo-registration-token-1',
    registrationUriPath: 'demo-uri-path-1',
    logoutRedirectUri: 'https://client.example.org/logged-out',
    initiateLoginUri: 'https://client.example.org/launch',
  },
  {
    clientId: 'demo-public-client-00000000000000000000000001',
    clientName: 'Demo public app',
    clientRole: 'patient',
    clientSecret: null,
    redirectUris: ['http://127.0.0.1:8087/cb'],
    scope: 'openid offline_access fhirUser api:fhir api:port launch/patient patient/Patient.read patient/Observation.rs',
    contacts: ['ops@example.org'],
    registrationToken: 'demo-registration-token-2',
    registrationUriPath: 'demo-uri-path-2',
    logoutRedirectUri: null,
    initiateLoginUri: null,
  },
];

/**
 * The demo clients as rows of the EHR.
 * @param sealClientSecret encrypts a secret as the EHR does
 * @param now 'YYYY-MM-DD HH:MM:SS' in the EHR's time zone: when they registered
 */
export function demoClients(sealClientSecret: (secret: string) => string, now: string): DemoTable {
  const rows = DEMO_CLIENTS.map((client) => ({
    client_id: client.clientId,
    client_role: client.clientRole,
    client_name: client.clientName,
    client_secret: client.clientSecret === null ? null : sealClientSecret(client.clientSecret),
    registration_token: client.registrationToken,
    registration_uri_path: client.registrationUriPath,
    register_date: now,
    contacts: client.contacts.join('|'),
    redirect_uri: client.redirectUris.join('|'),
    grant_types: 'authorization_code',
    scope: client.scope,
    site_id: 'default',
    is_confidential: client.clientSecret === null ? 0 : 1,
    logout_redirect_uris: client.logoutRedirectUri,
    initiate_login_uri: client.initiateLoginUri,
    is_enabled: 1,
    skip_ehr_launch_authorization_flow: 0,
    dsi_type: 0,
  }));
  return { table: 'oauth_clients', rows };
}
