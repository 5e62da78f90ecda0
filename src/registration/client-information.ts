import type { Client } from '../clients/client.entity.js';
import type { ApplicationType } from '../protocol/client/client-type.js';
import { DSI_TYPES, type DsiSourceAttribute } from '../protocol/client/decision-support.js';
import { isObject } from '../protocol/client/metadata-value.js';
import type { ClientAuthMethod } from '../protocol/client/presented-credentials.js';
import { joinScope } from '../protocol/scope/scope-set.js';
import type { ClientInformationDto } from './client-information.dto.js';
import type { PublicKeySetDto } from './client-metadata.dto.js';

/** What is told about a client beside its row. */
export interface ClientInformation {
  readonly client: Client;
  /** In clear; '' or null when it has none. */
  readonly secret: string | null;
  readonly issuer: string;
  /** Null when the EHR does not know. */
  readonly issuedAt: Date | null;
  readonly sourceAttributes: readonly DsiSourceAttribute[];
  readonly defaultAcrValues: readonly string[];
  /** Why the client cannot be used; null when it can. */
  readonly pending: string | null;
  /** What was sent and is not kept: the EHR has no columns for it. */
  readonly sent?: {
    readonly applicationType: ApplicationType | null;
    readonly tokenEndpointAuthMethod: ClientAuthMethod;
    readonly responseTypes: string[];
    readonly logoUri: string | null;
  };
}

/**
 * Words the answer to a client about its registration. Members that have nothing to say are left out.
 * @see RFC 7591 §3.2.1; RFC 7592 §3
 */
export function clientInformation(known: ClientInformation): ClientInformationDto {
  const { client, sent } = known;
  const secret = known.secret === '' ? null : known.secret;
  const grantTypes = client.grantTypes.length > 0 ? client.grantTypes : ['authorization_code']; // RFC 7591 §2
  return {
    client_id: client.clientId,
    ...present({ client_secret: secret }),
    registration_access_token: client.registrationToken ?? '',
    registration_client_uri: `${known.issuer}/client/${client.registrationPath ?? ''}`,
    ...present({
      client_id_issued_at: known.issuedAt === null ? null : Math.floor(known.issuedAt.getTime() / 1000),
      client_secret_expires_at: secret === null ? null : 0, // RFC 7591 §3.2.1: needed beside a secret; 0 is never
    }),
    client_role: client.isConfidential ? 'user' : 'patient',
    client_name: client.name,
    application_type: sent?.applicationType ?? (client.isConfidential ? 'private' : 'public'),
    redirect_uris: client.redirectUris,
    ...present({ post_logout_redirect_uris: orAbsent(client.postLogoutRedirectUris), contacts: orAbsent(client.contacts) }),
    scope: joinScope(client.scope),
    grant_types: grantTypes,
    response_types: sent?.responseTypes ?? (grantTypes.includes('authorization_code') ? ['code'] : []), // RFC 7591 §2.1
    token_endpoint_auth_method: sent?.tokenEndpointAuthMethod ?? authMethodOf(client, secret),
    ...present({
      jwks: keySetOf(client),
      jwks_uri: client.jwksUri,
      initiate_login_uri: client.initiateLoginUri,
      policy_uri: client.policyUri,
      tos_uri: client.tosUri,
      logo_uri: sent?.logoUri ?? null,
      default_acr_values: orAbsent([...known.defaultAcrValues]),
      dsi_type: DSI_TYPES[client.dsiType] ?? null,
      dsi_source_attributes: orAbsent([...known.sourceAttributes]),
      approval: known.pending === null ? null : { status: 'pending' as const, message: known.pending },
    }),
  };
}

/** The same with what the EHR's own server tells of the secret of a public client, which has none. */
export function withEmptySecret(information: ClientInformationDto): ClientInformationDto {
  return information.client_role === 'patient' ? { ...information, client_secret: '', client_secret_expires_at: 0 } : information;
}

/** The members that say something. */
function present<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  const telling = Object.entries(members).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(telling) as { [Name in keyof T]?: NonNullable<T[Name]> };
}

function orAbsent<T>(list: T[]): T[] | null {
  return list.length > 0 ? list : null;
}

/** The EHR does not keep the method: what a client can do tells it. */
function authMethodOf(client: Client, secret: string | null): ClientAuthMethod {
  if (!client.isConfidential) return 'none';
  const hasKeys = client.jwks !== null || client.jwksUri !== null;
  return secret === null && hasKeys ? 'private_key_jwt' : 'client_secret_basic';
}

/** Null as well when the text is not a key set: the EHR does not check what its administrators write there. */
function keySetOf({ jwks }: Client): PublicKeySetDto | null {
  if (jwks === null || jwks === '') return null;
  try {
    const set: unknown = JSON.parse(jwks);
    return isObject(set) && Array.isArray(set.keys) ? { keys: set.keys as Record<string, unknown>[] } : null;
  } catch {
    return null;
  }
}
