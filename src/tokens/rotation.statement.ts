import { hasColumn, hasTable } from '../platform/ehr/since.js';
import { writeRows } from '../platform/database/prepared.js';
import type { Transaction } from '../platform/database/transactions.js';
import { AccessToken } from './access-token.entity.js';
import type { Issued } from './issuable-grant.js';
import type { RefreshState } from './refresh-state.query.js';
import { RefreshToken } from './refresh-token.entity.js';

/**
 * All that a rotation changes, if all of it is as it was found: the grant goes on, the token is exchanged, and its row and that of its access
 * token are revoked as the EHR does it. Every table by a unique key, in the order in which rows are locked everywhere.
 */
const ROTATE = `
  UPDATE oauth2_grant g
  STRAIGHT_JOIN oauth2_issuance i ON i.jti = ?
  STRAIGHT_JOIN api_refresh_token r ON r.token = ?
  LEFT JOIN api_token t ON t.token = ?
  SET g.expires_at = ?, i.rotated_at = ?, i.successor_jti = ?, r.revoked = 1, t.revoked = 1
  WHERE g.id = ? AND g.ended_at IS NULL AND i.rotated_at IS NULL AND r.revoked = 0`;

/** Whether a database can rotate in one statement: SQLite updates one table at a time, and an EHR before 6.1 has other marks. */
function canRotateAtOnce({ dataSource }: Transaction): boolean {
  return dataSource.options.type === 'mysql' && hasTable(dataSource, RefreshToken) && hasColumn(dataSource, AccessToken, 'isRevoked');
}

/** @returns false when nothing was changed: because something was no longer as it was found, or because the database cannot do it at once */
export async function rotateAtOnce(tx: Transaction, { jti, identifier, grant }: RefreshState, issued: Issued): Promise<boolean> {
  if (!canRotateAtOnce(tx)) return false;
  const { expiresAt, issuedAt, jti: successor } = issued;
  const values = [jti, identifier, jti, expiresAt.getTime(), issuedAt.getTime(), successor, grant.id];
  return (await writeRows(tx, ROTATE, values)).affected > 0;
}
