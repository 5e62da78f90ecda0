import { resourceScopes } from './resource-scopes.js';
import { ScopeIndex } from './scope-index.js';

const IDENTITY_SCOPES = [
  'openid',
  'profile',
  'name',
  'address',
  'given_name',
  'family_name',
  'nickname',
  'phone',
  'phone_verified',
  'email',
  'email_verified',
  'offline_access',
] as const;

/** The EHR's doors: its own API, FHIR, the patient portal, and the name FHIR for patients had before version 6.1. */
const API_SCOPES = ['api:oemr', 'api:fhir', 'api:port', 'api:pofh'] as const;

const LAUNCH_SCOPES = ['fhirUser', 'online_access', 'launch', 'launch/patient'] as const;

/** What the list of scopes depends on. */
export interface ScopeSettings {
  /** Name of the EHR site served, e.g. `default`. */
  readonly site: string;
  /** Whether programs may act without a user (the EHR's setting rest_system_scopes_api). */
  readonly systemScopes: boolean;
}

/**
 * The scope which names an EHR site. The API of EHR version 7 refuses tokens which lack it.
 * @param site name of the EHR site, e.g. `default`
 */
export function siteScope(site: string): string {
  return `site:${site}`;
}

/**
 * Every scope this server knows: the one list behind discovery, registration, authorization and consent.
 * @returns names once each: identity first, then the APIs, launch, records by context
 * @see OIDC Discovery §3 scopes_supported
 */
export function serverScopes(settings: ScopeSettings): string[] {
  return [
    ...IDENTITY_SCOPES,
    siteScope(settings.site),
    ...API_SCOPES,
    ...LAUNCH_SCOPES,
    ...resourceScopes('patient'),
    ...resourceScopes('user'),
    ...(settings.systemScopes ? resourceScopes('system') : []),
  ];
}

const KNOWN = new Map<string, ScopeIndex>();

/** The same list, to decide with: made once for each site and setting. */
export function serverScopeIndex(settings: ScopeSettings): ScopeIndex {
  const key = JSON.stringify([settings.site, settings.systemScopes]);
  const index = KNOWN.get(key) ?? new ScopeIndex(serverScopes(settings));
  KNOWN.set(key, index);
  return index;
}
