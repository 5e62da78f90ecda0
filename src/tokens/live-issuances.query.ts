import type { Transaction } from '../platform/database/transactions.js';

/** Identifiers of tokens that were issued together. */
export interface LiveIssuance {
  readonly jti: string;
  readonly refreshIdentifier: string | null;
}

interface Row {
  readonly jti: string;
  readonly refresh_identifier: string | null;
}

/**
 * The newest issuances of grants: those whose tokens were not revoked by a rotation. Read as they are now and not as they were when the
 * transaction began, so that none is missed which another transaction has just stored.
 * @param tx which has locked the grants
 */
export async function findLiveIssuances(tx: Transaction, grantIds: readonly string[]): Promise<LiveIssuance[]> {
  if (grantIds.length === 0) return [];
  const isEmbedded = tx.dataSource.options.type === 'better-sqlite3'; // one writer at a time: it needs no lock on rows
  const places = grantIds.map(() => '?').join(', ');
  const rows: Row[] = await tx.query(
    `SELECT jti, refresh_identifier FROM oauth2_issuance WHERE grant_id IN (${places}) AND rotated_at IS NULL${isEmbedded ? '' : ' FOR UPDATE'}`,
    [...grantIds],
  );
  return rows.map((row) => ({ jti: row.jti, refreshIdentifier: row.refresh_identifier }));
}
