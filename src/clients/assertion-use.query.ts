import type { DataSource } from 'typeorm';
import { EntityColumns, madeOnce } from '../platform/database/entity-columns.js';
import { readRows } from '../platform/database/prepared.js';
import { hasTable } from '../platform/ehr/since.js';
import { AssertionHistory } from './assertion-history.entity.js';
import { Client } from './client.entity.js';

/** Names one assertion, by what it says. */
export interface AssertionKey {
  readonly clientId: string;
  readonly jti: string;
  /** Primary key of our own record of it. */
  readonly id: string;
}

/** Who is said to have made an assertion, and where it was used before. */
export interface AssertionUse {
  readonly client: Client | null;
  /** Whether it was used here. */
  readonly isOnRecord: boolean;
  /** Uses of assertions with the same jti that the EHR remembers: of this client, or not. */
  readonly history: readonly AssertionHistory[];
}

/** One round trip, every table by its index. An EHR before 6.1 remembers nothing. */
const question = madeOnce((source) => {
  const client = new EntityColumns(source, Client, 'o');
  const remembers = hasTable(source, AssertionHistory);
  const history = remembers ? new EntityColumns(source, AssertionHistory, 'h') : null;
  const also = { list: history ? `, ${history.list}` : '' };
  const sql = `
    SELECT a.id AS used_id, ${client.list} ${also.list}
    FROM (SELECT 1) one
    LEFT JOIN oauth_clients o ON o.client_id = ?
    LEFT JOIN oauth2_client_assertion a ON a.id = ?
    ${remembers ? 'LEFT JOIN jwt_grant_history h ON h.jti = ?' : ''}`;
  return { sql, client, history };
});

export async function findAssertionUse(source: DataSource, { clientId, jti, id }: AssertionKey): Promise<AssertionUse> {
  const { sql, client, history } = question(source);
  const rows = await readRows<Record<string, unknown>>(source, sql, [clientId, id, ...(history ? [jti] : [])]);
  const found = rows[0] ? client.read(rows[0]) : null;
  return {
    client: found?.clientId === clientId ? found : null, // MySQL compares without regard to case and trailing blanks
    isOnRecord: rows.some((row) => row['used_id'] === id),
    history: rows.flatMap((row) => history?.read(row) ?? []),
  };
}
