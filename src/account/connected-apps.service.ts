import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/clients.service.js';
import { ConsentsService } from '../consents/consents.service.js';
import type { Consent } from '../consents/consent.entity.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { fromLocalText } from '../platform/ehr/ehr-time.js';
import type { Person } from '../sign-in/person.js';
import { type AppAccess, AppAccessService } from '../tokens/app-access.service.js';
import { TokenRecords } from '../tokens/token-records.service.js';

/** An app that may do something for a person, or may ask for it again without asking the person. */
export interface ConnectedApp {
  readonly clientId: string;
  /** Its identifier where it has no name, or is not registered any more. */
  readonly name: string;
  readonly scope: readonly string[];
  readonly since: Date | null;
  readonly lastUsed: Date | null;
  /** null: it has no token at this moment. */
  readonly until: Date | null;
  /** The person asked not to be asked again for the same scopes. */
  readonly isRemembered: boolean;
}

/** Apps with access to what a person may see, and how the person takes it away. */
@Injectable()
export class ConnectedApps {
  constructor(
    private readonly consents: ConsentsService,
    private readonly access: AppAccessService,
    private readonly tokens: TokenRecords,
    private readonly clients: ClientsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** @returns by name */
  async list({ subject }: Person): Promise<ConnectedApp[]> {
    const consents = new Map((await this.consents.list(subject)).map((consent) => [consent.clientId, consent]));
    const access = new Map((await this.access.of(subject)).map((each) => [each.clientId, each]));
    const ids = [...new Set([...consents.keys(), ...access.keys()])];
    const apps = await Promise.all(ids.map((id) => this.describe(id, consents.get(id), access.get(id))));
    return apps.sort((one, other) => one.name.localeCompare(other.name));
  }

  /** @returns null when that client has nothing of this person */
  async find(person: Person, clientId: string): Promise<ConnectedApp | null> {
    return (await this.list(person)).find((app) => app.clientId === clientId) ?? null;
  }

  /**
   * Takes everything away from these clients that they have of a person: consent, grants, codes and tokens, in one transaction. The EHR's
   * API and every replica refuse them from then on.
   * @param address IP address of the person
   */
  async revoke({ subject, username, patientNumber }: Person, clientIds: readonly string[], address: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      for (const clientId of clientIds) {
        await this.consents.remove(tx, clientId, subject);
        await this.tokens.endGrantsOf(tx, clientId, subject);
      }
    });
    for (const clientId of clientIds) {
      const reason = `client ${clientId} may use nothing of theirs any more: taken away by the person`;
      await this.audit.record({ event: 'revocation', success: true, address, reason, username, patientNumber });
    }
  }

  /** The same for every client. */
  async revokeAll(person: Person, address: string): Promise<void> {
    const apps = await this.list(person);
    await this.revoke(
      person,
      apps.map(({ clientId }) => clientId),
      address,
    );
  }

  private async describe(clientId: string, consent: Consent | undefined, access: AppAccess | undefined): Promise<ConnectedApp> {
    const client = await this.clients.find(clientId);
    const allowed = (consent?.scope ?? '').split(' ').filter(Boolean);
    return {
      clientId,
      name: client?.name || clientId,
      scope: access && access.scope.length > 0 ? access.scope : allowed,
      since: access?.since ?? allowedAt(consent),
      lastUsed: access?.lastUsed ?? null,
      until: access?.until ?? null,
      isRemembered: consent?.isRemembered ?? false,
    };
  }
}

/** The column is a TIMESTAMP, and our connections speak UTC. */
function allowedAt(consent: Consent | undefined): Date | null {
  return fromLocalText(consent?.time ?? null, 'UTC');
}
