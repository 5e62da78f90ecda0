import { Injectable } from '@nestjs/common';
import type { ClientMetadata } from '../protocol/client/client-metadata.js';
import type { DsiSourceAttribute } from '../protocol/client/decision-support.js';
import { DSI_TYPES } from '../protocol/client/decision-support.js';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import type { Client } from './client.entity.js';

// The sizes are the EHR's, in bytes: its columns and the patterns of its pages expect them.
const CLIENT_ID_BYTES = 32;
const SECRET_BYTES = 64;
const REGISTRATION_TOKEN_BYTES = 32;
const REGISTRATION_PATH_BYTES = 16;

/** A client that is ready to be stored. */
export interface IssuedClient {
  readonly client: Client;
  /** In clear, to be shown once; null when the client has none. */
  readonly secret: string | null;
  readonly issuedAt: Date;
  readonly sourceAttributes: readonly DsiSourceAttribute[];
  readonly defaultAcrValues: readonly string[];
}

/** What the metadata does not say about a new client. */
export interface IssueOptions {
  readonly isEnabled: boolean;
  /** For a client whose id is known beforehand; drawn otherwise. */
  readonly clientId?: string;
}

/** Makes clients: gives them ids, secrets and the form of the EHR's table. Stores nothing. */
@Injectable()
export class ClientIssuer {
  constructor(
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly ehrClock: EhrClock,
    private readonly site: EhrSite,
    private readonly config: Config,
  ) {}

  /**
   * Makes a client of proven metadata. Confidential clients get a secret, except those that sign instead (`private_key_jwt`): a secret
   * that is never used could only be stolen.
   * @throws EhrCryptoError when the EHR's key for secrets is missing
   * @see RFC 7591 §3.2.1
   */
  async issue(metadata: ClientMetadata, { isEnabled, clientId }: IssueOptions): Promise<IssuedClient> {
    const secret = needsSecret(metadata) ? this.random.token(SECRET_BYTES) : null;
    const issuedAt = this.clock.now();
    const client: Client = {
      clientId: clientId ?? this.random.token(CLIENT_ID_BYTES),
      role: metadata.isConfidential ? 'user' : 'patient',
      name: metadata.name,
      encryptedSecret: secret === null ? null : this.site.secretBox.seal(secret),
      registrationToken: this.random.token(REGISTRATION_TOKEN_BYTES),
      registrationPath: this.random.token(REGISTRATION_PATH_BYTES),
      registeredAt: await this.ehrClock.text(issuedAt),
      contacts: metadata.contacts,
      redirectUris: metadata.redirectUris,
      grantTypes: metadata.grantTypes,
      scope: metadata.scope,
      registeredBy: null,
      site: this.config.site,
      isConfidential: metadata.isConfidential,
      postLogoutRedirectUris: metadata.postLogoutRedirectUris,
      jwksUri: metadata.jwksUri,
      jwks: metadata.jwks === null ? null : JSON.stringify(metadata.jwks),
      initiateLoginUri: metadata.initiateLoginUri,
      policyUri: metadata.policyUri,
      tosUri: metadata.tosUri,
      isEnabled,
      skipsLaunchAuthorization: false,
      dsiType: DSI_TYPES.indexOf(metadata.dsiType),
    };
    const sourceAttributes = metadata.dsiType === 'none' ? [] : metadata.dsiSourceAttributes;
    return { client, secret, issuedAt, sourceAttributes, defaultAcrValues: metadata.defaultAcrValues };
  }
}

function needsSecret({ isConfidential, tokenEndpointAuthMethod }: ClientMetadata): boolean {
  return isConfidential && tokenEndpointAuthMethod !== 'private_key_jwt';
}
