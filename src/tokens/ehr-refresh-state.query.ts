import type { DataSource } from 'typeorm';
import { hasColumn } from '../platform/ehr/since.js';
import { AccessToken } from './access-token.entity.js';
import type { EhrRefreshToken } from './ehr-refresh-token.js';

/** How a refresh token stands that the EHR's own server issued. Its end and its scopes are in the token itself. */
export interface EhrRefreshState {
  /** Exchanged, ended by an administrator, or not on record as what it says it is. */
  readonly isRevoked: boolean;
  /** The person still trusts the client. */
  readonly isTrusted: boolean;
  /** How the trust began, as the EHR names it; null when it does not say. */
  readonly grantType: string | null;
  /** JSON text beside the access token that came with it; null when that is not on record. */
  readonly context: string | null;
}

interface Row {
  readonly token: string;
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly revoked: number | string;
  readonly access_token: string | null;
  readonly access_client: string | null;
  readonly access_user: string | null;
  readonly context: string | null;
  readonly trusted_client: string | null;
  readonly trusted_user: string | null;
  readonly grant_type: string | null;
}

/** One round trip; every table is reached by an index of the EHR. */
const sql = (hasContext: boolean): string => `
  SELECT r.token, r.client_id, r.user_id, r.revoked,
    t.token AS access_token, t.client_id AS access_client, t.user_id AS access_user, ${hasContext ? 't.context' : 'NULL AS context'},
    c.client_id AS trusted_client, c.user_id AS trusted_user, c.grant_type
  FROM api_refresh_token r
  LEFT JOIN api_token t ON t.token = ?
  LEFT JOIN oauth_trusted_user c ON c.user_id = ? AND c.client_id = ? AND c.session_cache NOT IN ('', '0')
  WHERE r.token = ?`;

/** Asks the EHR's tables about a refresh token that has no family here. Text is compared once more: the database disregards case. */
export async function getEhrRefreshState(source: DataSource, token: EhrRefreshToken): Promise<EhrRefreshState> {
  const { identifier, jti, clientId, subject } = token;
  const rows: Row[] = await source.query(sql(hasColumn(source, AccessToken, 'context')), [jti, subject, clientId, identifier]);
  const [row] = rows;
  const isOnRecord = row?.token === identifier && row.client_id === clientId && row.user_id === subject;
  const trust = rows.find((each) => each.trusted_client === clientId && each.trusted_user === subject);
  const hasAccessToken = row?.access_token === jti && row.access_client === clientId && row.access_user === subject;
  return {
    isRevoked: !isOnRecord || Number(row.revoked) !== 0,
    isTrusted: trust !== undefined,
    grantType: trust?.grant_type ?? null,
    context: hasAccessToken ? row.context : null,
  };
}
