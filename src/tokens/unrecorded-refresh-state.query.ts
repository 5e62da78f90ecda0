import type { DataSource } from 'typeorm';
import type { EhrRefreshState } from './ehr-refresh-state.query.js';
import type { EhrRefreshToken } from './ehr-refresh-token.js';
import { findTrust } from './trust.query.js';

interface Row {
  readonly token: string | null;
  readonly client_id: string | null;
  readonly user_id: string | null;
}

const SQL = 'SELECT token, client_id, user_id FROM api_token WHERE token = ?';

/**
 * The same as getEhrRefreshState, of an EHR that keeps no record of refresh tokens (before 6.1) and takes every one that it sealed itself
 * while the person trusts the client. Here the access token that came with it must be on record, too.
 */
export async function getUnrecordedRefreshState(source: DataSource, token: EhrRefreshToken): Promise<EhrRefreshState> {
  const { jti, clientId, subject } = token;
  const [row]: Row[] = await source.query(SQL, [jti]);
  const trust = await findTrust(source, subject, clientId);
  return {
    isRevoked: row?.token !== jti || row.client_id !== clientId || row.user_id !== subject,
    isTrusted: trust !== null,
    grantType: trust?.grantType ?? null,
    context: null,
  };
}
