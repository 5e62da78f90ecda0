import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import type { ClientMetadata } from '../protocol/client/client-metadata.js';
import { serverScopes } from '../protocol/scope/server-scopes.js';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { isClosed } from '../platform/database/unavailable.js';
import { SWAGGER_CLIENT_ID, swaggerRedirectUri } from '../platform/openapi/swagger-address.js';
import { LAUNCH_SIMULATOR_CLIENT_ID, launchSimulatorRedirectUri } from '../platform/web/launch-simulator-address.js';
import { ClientIssuer } from './client-issuer.js';
import type { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';

/** A public client that belongs to a page of this server. */
interface BuiltInClient {
  readonly clientId: string;
  readonly name: string;
  readonly redirectUri: string;
  /** Whether the settings let it be used. */
  readonly isWanted: boolean;
}

/** What a client must be like, given the settings. */
type Wanted = Pick<Client, 'redirectUris' | 'scope' | 'isEnabled'>;

/** Keeps the clients of Swagger UI and of the launch simulator as the settings want them: present and current, or switched off. */
@Injectable()
export class BuiltInClients implements OnApplicationBootstrap {
  private readonly logger = new Logger('BuiltInClients');

  constructor(
    private readonly clients: ClientsService,
    private readonly issuer: ClientIssuer,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  /** A database that cannot be written is no reason not to start: there is much that is only read. */
  async onApplicationBootstrap(): Promise<void> {
    for (const builtIn of builtInClients(this.config)) {
      try {
        await this.keep(builtIn);
      } catch (error) {
        if (!isClosed(error)) throw error;
        const detail = error instanceof Error ? error.message : String(error);
        this.logger.warn({ clientId: builtIn.clientId, detail, event: 'not changed: the database does not let this account write' });
      }
    }
  }

  /** Several processes may start at once: whoever comes second finds the work done. */
  private async keep(builtIn: BuiltInClient): Promise<void> {
    const { clientId, isWanted } = builtIn;
    const present = await this.clients.find(clientId);
    if (!isWanted) {
      if (present?.isEnabled) await this.change(clientId, { isEnabled: false });
      return;
    }
    const wanted = this.wanted(builtIn);
    if (present === null) await this.create(builtIn, wanted);
    else if (differs(present, wanted)) await this.change(clientId, wanted);
  }

  private wanted({ redirectUri }: BuiltInClient): Wanted {
    return {
      redirectUris: [redirectUri],
      // Programs that act alone are confidential, so no public client has a scope of theirs.
      scope: serverScopes({ site: this.config.site, systemScopes: false }),
      isEnabled: true,
    };
  }

  private async create({ clientId, name }: BuiltInClient, wanted: Wanted): Promise<void> {
    const issued = await this.issuer.issue(metadataOf(name, wanted), { clientId, isEnabled: wanted.isEnabled });
    try {
      await this.transactions.run((tx) => this.clients.create(tx, issued));
    } catch (error) {
      const rival = error instanceof QueryFailedError ? await this.clients.find(clientId) : null;
      if (rival === null) throw error;
      return;
    }
    this.logger.log({ clientId, event: 'created' });
  }

  private async change(clientId: string, changes: Partial<Wanted>): Promise<void> {
    await this.transactions.run((tx) => this.clients.update(tx, clientId, changes));
    this.logger.log({ clientId, event: 'changed', changed: Object.keys(changes) });
  }
}

function builtInClients(config: Config): readonly BuiltInClient[] {
  const { swaggerClient, launchSimulator } = config;
  return [
    { clientId: SWAGGER_CLIENT_ID, name: 'Swagger UI', redirectUri: swaggerRedirectUri(config), isWanted: swaggerClient },
    {
      clientId: LAUNCH_SIMULATOR_CLIENT_ID,
      name: 'Simulated app',
      redirectUri: launchSimulatorRedirectUri(config),
      isWanted: launchSimulator,
    },
  ];
}

function differs(present: Client, wanted: Wanted): boolean {
  const isSameList = (one: readonly string[], other: readonly string[]): boolean => one.join(' ') === other.join(' ');
  return !(
    present.isEnabled === wanted.isEnabled &&
    isSameList(present.redirectUris, wanted.redirectUris) &&
    isSameList(present.scope, wanted.scope)
  );
}

/** Made by us, so it passes by the rules for strangers: those keep `user/` and `launch` from public clients until somebody approves them. */
function metadataOf(name: string, { redirectUris, scope }: Wanted): ClientMetadata {
  return {
    applicationType: 'public',
    isConfidential: false,
    tokenEndpointAuthMethod: 'none',
    name,
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
