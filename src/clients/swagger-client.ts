import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { ClientMetadata } from '../protocol/client/client-metadata.js';
import { serverScopes } from '../protocol/scope/server-scopes.js';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { isClosed } from '../platform/database/unavailable.js';
import { SWAGGER_CLIENT_ID, swaggerRedirectUri } from '../platform/openapi/swagger-address.js';
import { ClientIssuer } from './client-issuer.js';
import type { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';

/** What the client must be like, given the settings. */
type Wanted = Pick<Client, 'redirectUris' | 'scope' | 'isEnabled'>;

/** Keeps the built-in public client of Swagger UI as the settings want it: present and current, or switched off. */
@Injectable()
export class SwaggerClient implements OnApplicationBootstrap {
  private readonly logger = new Logger('SwaggerClient');

  constructor(
    private readonly clients: ClientsService,
    private readonly issuer: ClientIssuer,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  /** A database that cannot be written is no reason not to start: there is much that is only read. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.keep();
    } catch (error) {
      if (!isClosed(error)) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      this.logger.warn({ clientId: SWAGGER_CLIENT_ID, detail, event: 'not changed: the database does not let this account write' });
    }
  }

  /** Several processes may start at once: whoever comes second finds the work done. */
  private async keep(): Promise<void> {
    const present = await this.clients.find(SWAGGER_CLIENT_ID);
    if (!this.config.swaggerClient) {
      if (present?.isEnabled) await this.change({ isEnabled: false });
      return;
    }
    const wanted = this.wanted();
    if (present === null) await this.create(wanted);
    else if (differs(present, wanted)) await this.change(wanted);
  }

  private wanted(): Wanted {
    return {
      redirectUris: [swaggerRedirectUri(this.config)],
      // Programs that act alone are confidential, so no public client has a scope of theirs.
      scope: serverScopes({ site: this.config.site, systemScopes: false }),
      isEnabled: true,
    };
  }

  private async create(wanted: Wanted): Promise<void> {
    const issued = await this.issuer.issue(metadataOf(wanted), { clientId: SWAGGER_CLIENT_ID, isEnabled: wanted.isEnabled });
    try {
      await this.transactions.run((tx) => this.clients.create(tx, issued));
    } catch (error) {
      const rival = error instanceof QueryFailedError ? await this.clients.find(SWAGGER_CLIENT_ID) : null;
      if (rival === null) throw error;
      return;
    }
    this.logger.log({ clientId: SWAGGER_CLIENT_ID, event: 'created' });
  }

  private async change(changes: Partial<Wanted>): Promise<void> {
    await this.transactions.run((tx) => this.clients.update(tx, SWAGGER_CLIENT_ID, changes));
    this.logger.log({ clientId: SWAGGER_CLIENT_ID, event: 'changed', changed: Object.keys(changes) });
  }
}

function differs(present: Client, wanted: Wanted): boolean {
  const isSameList = (one: readonly string[], other: readonly string[]): boolean => one.join(' ') === other.join(' ');
  return !(
    present.isEnabled === wanted.isEnabled &&
    isSameList(present.redirectUris, wanted.redirectUris) &&
    isSameList(present.scope, wanted.scope)
  );
}

/** Made by us, so it passes by the rules for strangers: those keep `user/` scopes from public clients, and this one is for staff. */
function metadataOf({ redirectUris, scope }: Wanted): ClientMetadata {
  return {
    applicationType: 'public',
    isConfidential: false,
    tokenEndpointAuthMethod: 'none',
    name: 'Swagger UI',
    redirectUris,
    scope,
    grantTypes: ['authorization_code', 'refresh_token'],
    responseTypes: ['code'],
    postLogoutRedirectUris: [],
    contacts: [],
    jwks: null,
    jwksUri: null,
    initiateLoginUri: null,
    clientUri: null,
    logoUri: null,
    policyUri: null,
    tosUri: null,
    dsiType: 'none',
    dsiSourceAttributes: [],
    defaultAcrValues: [],
  };
}
