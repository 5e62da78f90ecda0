import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { DSI_TYPES, type DsiSourceAttribute } from '../protocol/client/decision-support.js';
import { badMetadata } from '../protocol/client/metadata-value.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { findRows } from '../platform/database/mapped-statements.js';
import { isDuplicate } from '../platform/database/duplicate.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { hasColumn, hasTable } from '../platform/ehr/since.js';
import type { IssuedClient } from './client-issuer.js';
import { ClientMark } from './client-mark.entity.js';
import { ClientCompatibility } from './client-compatibility.entity.js';
import { ClientDefaults } from './client-defaults.entity.js';
import { Client } from './client.entity.js';
import { CompatibilityUse } from './compatibility-use.entity.js';
import { RegisteredOrigins } from './registered-origins.js';
import { SourceAttribute } from './source-attribute.entity.js';

/** What a client identifier can be: RFC 6749 appendix A.1, and the length of the EHR's column. */
const CLIENT_ID = /^[\x20-\x7e]{1,80}$/;
/** Last part of a registration_client_uri; the length of the EHR's column. */
const REGISTRATION_PATH = /^[A-Za-z0-9_-]{1,40}$/;

/** What may change about a client. */
export type ClientChanges = Partial<Pick<Client, 'isEnabled' | 'name' | 'redirectUris' | 'scope' | 'grantTypes'>>;

/** The registered clients. */
@Injectable()
export class ClientsService {
  constructor(
    @InjectRepository(Client) private readonly clients: Repository<Client>,
    @InjectRepository(SourceAttribute) private readonly attributes: Repository<SourceAttribute>,
    @InjectRepository(ClientDefaults) private readonly defaults: Repository<ClientDefaults>,
    private readonly origins: RegisteredOrigins,
    private readonly site: EhrSite,
  ) {}

  /** @param clientId compared character by character, whatever the database thinks of case and blanks */
  find(clientId: string): Promise<Client | null> {
    return findExactly(this.clients, clientId);
  }

  /** @param path last part of the registration_client_uri */
  async findByRegistrationPath(path: string): Promise<Client | null> {
    if (!REGISTRATION_PATH.test(path)) return null;
    const found = await this.clients.findBy({ registrationPath: path });
    return found.find((client) => client.registrationPath === path) ?? null;
  }

  /** Every client, by name. */
  list(): Promise<Client[]> {
    return this.clients.find({ order: { name: 'ASC', clientId: 'ASC' } });
  }

  /** Clients that may be used, by name. @param most how many */
  listUsable(most: number): Promise<Client[]> {
    return this.clients.find({ where: { isEnabled: true }, order: { name: 'ASC', clientId: 'ASC' }, take: most });
  }

  /** Whether the EHR has a place for what clients say about decision support. */
  get keepsDecisionSupport(): boolean {
    const source = this.clients.manager.dataSource;
    return hasColumn(source, Client, 'dsiType') && hasTable(source, SourceAttribute);
  }

  /** What a client said about the sources of its decision support. */
  async sourceAttributesOf(clientId: string): Promise<DsiSourceAttribute[]> {
    if (!this.keepsDecisionSupport) return [];
    const rows = await this.attributes.find({ where: { clientId }, order: { id: 'ASC' } });
    return rows.filter((row) => row.clientId === clientId).map(({ name, value }) => ({ name, value: value ?? '' }));
  }

  /** The authentication context classes that a client wants of requests which name none. OIDC Registration §2 default_acr_values */
  async defaultAcrValuesOf(clientId: string): Promise<string[]> {
    return (await this.defaults.findOneBy({ clientId }))?.acrValues ?? [];
  }

  /**
   * Stores a new client with its defaults and what it said about its decision support.
   * @throws OAuthError invalid_client_metadata when the database takes two names of attributes for the same
   */
  async create(tx: Transaction, { client, sourceAttributes, defaultAcrValues }: IssuedClient): Promise<void> {
    await tx.insert(Client, { ...client });
    this.origins.forget();
    if (defaultAcrValues.length > 0) await tx.insert(ClientDefaults, { clientId: client.clientId, acrValues: [...defaultAcrValues] });
    if (sourceAttributes.length === 0) return;
    const list = `dsi_${DSI_TYPES[client.dsiType]}_source_attributes`; // the EHR's names in list_options
    try {
      await tx.insert(
        SourceAttribute,
        sourceAttributes.map((attribute) => ({ clientId: client.clientId, list, ...attribute })),
      );
    } catch (error) {
      if (isDuplicate(error)) throw badMetadata('dsi_source_attributes names an attribute twice'); // the EHR's collation ignores accents too
      throw error;
    }
  }

  /**
   * Changes a client. Tokens it already has are not touched: the flow that calls this ends them where it must.
   * @returns false when there is no such client
   */
  async update(tx: Transaction, clientId: string, changes: ClientChanges): Promise<boolean> {
    if ((await findExactly(tx.getRepository(Client), clientId)) === null) return false;
    await tx.update(Client, { clientId }, changes);
    this.origins.forget();
    return true;
  }

  /**
   * Approves a client, or switches it off.
   * @returns false when there is no such client
   */
  setEnabled(tx: Transaction, clientId: string, isEnabled: boolean): Promise<boolean> {
    return this.update(tx, clientId, { isEnabled });
  }

  /**
   * Removes a client with what it said about itself, its defaults and the switches it had. Its consents and tokens belong to others: the flow that calls this ends them in
   * the same transaction.
   * @returns false when there is no such client
   */
  async delete(tx: Transaction, clientId: string): Promise<boolean> {
    if ((await findExactly(tx.getRepository(Client), clientId)) === null) return false;
    await tx.delete(ClientCompatibility, { clientId });
    await tx.delete(CompatibilityUse, { clientId });
    await tx.delete(ClientDefaults, { clientId });
    await tx.delete(ClientMark, { clientId });
    if (hasTable(tx.dataSource, SourceAttribute)) await tx.delete(SourceAttribute, { clientId });
    await tx.delete(Client, { clientId });
    this.origins.forget();
    return true;
  }

  /**
   * Opens the secret of a client.
   * @returns in clear; '' when it has none
   * @throws OAuthError server_error when the site's keys cannot open it: the operator's matter, not the client's
   */
  openSecret(client: Pick<Client, 'clientId' | 'encryptedSecret'>): string {
    try {
      return this.site.secretBox.open(client.encryptedSecret);
    } catch (cause) {
      if (!(cause instanceof EhrCryptoError)) throw cause;
      const detail = `the secret of client ${client.clientId} cannot be opened: ${cause.code}, ${cause.message}`;
      throw new OAuthError('server_error', 'The server cannot read the secret of this client; its operator must look into it.', {
        detail,
        cause,
      });
    }
  }

  /** Decides whether pages of an origin may call from a browser. @see RegisteredOrigins.includes */
  isRegisteredOrigin(origin: string): Promise<boolean> {
    return this.origins.includes(origin);
  }
}

/** MySQL compares without regard to case and trailing blanks; identifiers differ by both. */
async function findExactly(clients: Repository<Client>, clientId: string): Promise<Client | null> {
  if (!CLIENT_ID.test(clientId)) return null;
  const [client] = await findRows(clients.manager, Client, { clientId });
  return client?.clientId === clientId ? client : null;
}
