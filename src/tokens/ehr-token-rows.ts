import { type FindOptionsWhere, IsNull, Not, Or } from 'typeorm';
import { insertRow } from '../platform/database/mapped-statements.js';
import type { Transaction } from '../platform/database/transactions.js';
import { hasColumn, hasTable } from '../platform/ehr/since.js';
import { AccessToken } from './access-token.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

/** What `expiry` of an access token holds that was ended, where the EHR has no mark for it (before 6.1): its API then finds it expired. */
export const ENDED = '1970-01-02 00:00:00';

/** Stores the rows by which the EHR knows the tokens of one answer. */
export async function insertTokenRows(
  tx: Transaction,
  accessToken: Omit<AccessToken, 'id'>,
  refreshToken: Omit<RefreshToken, 'id'> | null,
): Promise<void> {
  await insertRow(tx, AccessToken, accessToken);
  if (refreshToken && hasTable(tx.dataSource, RefreshToken)) await insertRow(tx, RefreshToken, refreshToken);
}

/** Marks access tokens as ended. @returns how many were not ended before */
export async function endAccessTokens(tx: Transaction, which: FindOptionsWhere<AccessToken>): Promise<number> {
  const { affected } = hasColumn(tx.dataSource, AccessToken, 'isRevoked')
    ? await tx.update(AccessToken, { ...which, isRevoked: false }, { isRevoked: true })
    : await tx.update(AccessToken, { ...which, expiry: Or(IsNull(), Not(ENDED)) }, { expiry: ENDED });
  return affected ?? 0;
}

/** Marks refresh tokens as ended. @returns how many were not ended before; null when the EHR keeps no record of them */
export async function endRefreshTokens(tx: Transaction, which: FindOptionsWhere<RefreshToken>): Promise<number | null> {
  if (!hasTable(tx.dataSource, RefreshToken)) return null;
  const { affected } = await tx.update(RefreshToken, { ...which, isRevoked: false }, { isRevoked: true });
  return affected ?? 0;
}
