import { Injectable } from '@nestjs/common';
import { CLIENT_AUTH_METHODS } from '../clients/client-authentication.js';
import { Config } from '../platform/config/config.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import type { RegistrationPolicy } from '../protocol/client/client-metadata.js';
import { serverScopes } from '../protocol/scope/server-scopes.js';
import { GRANTS } from '../tokens/grants/index.js';

/** What clients may be registered for: read from what exists, never a second list. */
@Injectable()
export class RegistrationPolicies {
  constructor(
    private readonly settings: GlobalSettings,
    private readonly config: Config,
  ) {}

  /** The policy of this moment: the EHR's settings count. */
  async read(): Promise<RegistrationPolicy> {
    const globals = await this.settings.read();
    return {
      grantTypes: GRANTS.map((grant) => grant.grantType),
      responseTypes: ['code'],
      scopes: serverScopes({ site: this.config.site, systemScopes: globals.text('rest_system_scopes_api') === '1' }),
      clientAuthMethods: CLIENT_AUTH_METHODS,
      idTokenSigningAlgorithms: ['RS256'],
    };
  }
}
