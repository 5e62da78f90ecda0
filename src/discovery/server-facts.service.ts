import { Injectable } from '@nestjs/common';
import { CLIENT_AUTH_METHODS } from '../clients/client-authentication.js';
import { Config } from '../platform/config/config.js';
import { type Globals, GlobalSettings } from '../platform/ehr/global-settings.js';
import { SWAGGER_PATH } from '../platform/openapi/swagger-address.js';
import { serverScopes } from '../protocol/scope/server-scopes.js';
import type { ServerFacts } from '../protocol/metadata/server-facts.js';
import { offeredGrantTypes } from '../tokens/grants/offered-grants.js';
import { serverFacts } from './server-facts.js';

/** The grant without a user, for which the EHR's scopes of the context `system` are. */
const WITHOUT_USER = 'client_credentials';

/** Gathers the facts about this server from what is registered and set. */
@Injectable()
export class ServerFactsService {
  private readonly known = new Map<string, ServerFacts>();

  constructor(
    private readonly config: Config,
    private readonly settings: GlobalSettings,
  ) {}

  /** The facts of this moment: the same object as long as the EHR's settings stay the same. */
  async read(): Promise<ServerFacts> {
    return this.under(await this.settings.read());
  }

  /** The facts under these settings. */
  under(globals: Globals): ServerFacts {
    const grantTypes = offeredGrantTypes(globals);
    const systemScopes = grantTypes.includes(WITHOUT_USER);
    const state = JSON.stringify([grantTypes, systemScopes]);
    const facts = this.known.get(state) ?? this.gather(grantTypes, systemScopes);
    this.known.set(state, facts);
    return facts;
  }

  private gather(grantTypes: readonly string[], systemScopes: boolean): ServerFacts {
    const { issuer, fhirUrl, publicAddress, registrationMode, site, swagger } = this.config;
    return serverFacts({
      issuer,
      fhirUrl,
      managementUrl: `${publicAddress}/account/apps`,
      grantTypes,
      clientAuthMethods: CLIENT_AUTH_METHODS,
      scopes: serverScopes({ site, systemScopes }),
      isRegistrationOpen: registrationMode !== 'off',
      serviceDocumentation: swagger ? `${publicAddress}/${SWAGGER_PATH}` : null,
    });
  }
}
