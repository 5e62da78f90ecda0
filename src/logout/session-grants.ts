import { IsNull } from 'typeorm';
import type { Transaction } from '../platform/database/transactions.js';
import { AuthorizationCode } from '../tokens/authorization-code.entity.js';
import { GrantRecord } from '../tokens/grant.entity.js';
import type { TokenRecords } from '../tokens/token-records.service.js';

/**
 * Ends what was granted in a session of the browser: every token of it, and every code that is still on its way. Grants of the same
 * person from other sessions stay.
 * @param sid public name of the session, as in the `sid` claim
 */
export async function endGrantsOfSession(tx: Transaction, tokens: TokenRecords, sid: string, now: Date): Promise<void> {
  await tx.update(AuthorizationCode, { sid, usedAt: IsNull() }, { usedAt: now });
  const grants = await tx.find(GrantRecord, { select: { id: true }, where: { sid, endedAt: IsNull() }, order: { id: 'ASC' } });
  for (const { id } of grants) await tokens.endGrant(tx, id);
}
