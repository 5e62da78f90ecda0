import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClientsService } from '../clients/clients.service.js';
import { Consent } from '../consents/consent.entity.js';
import { ConsentsService } from '../consents/consents.service.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { GrantRecord } from '../tokens/grant.entity.js';
import { TokenRecords } from '../tokens/token-records.service.js';

/**
 * Removes a client with everything that people allowed it: consents, grants and tokens end in the same transaction.
 * @returns how many people had allowed it something; null when there is no such client
 */
export function removeClient(app: NestFastifyApplication, clientId: string): Promise<number | null> {
  const [clients, consents, tokens] = [app.get(ClientsService), app.get(ConsentsService), app.get(TokenRecords)];
  return app.get(Transactions).run(async (tx) => {
    if (!(await clients.delete(tx, clientId))) return null;
    const subjects = await subjectsOf(tx, clientId);
    for (const subject of subjects) {
      await consents.remove(tx, clientId, subject);
      await tokens.endGrantsOf(tx, clientId, subject);
    }
    return subjects.length;
  });
}

/** Whom a client has something of, be it from us or from the EHR's own server; in one order, so that two removals do not cross. */
async function subjectsOf(tx: Transaction, clientId: string): Promise<string[]> {
  const select = { clientId: true, subject: true } as const;
  const rows = [
    ...(await tx.find(GrantRecord, { select, where: { clientId } })),
    ...(await tx.find(Consent, { select, where: { clientId } })),
  ];
  return [...new Set(rows.filter((row) => row.clientId === clientId).map((row) => row.subject))].sort();
}
