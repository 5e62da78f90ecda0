import type { DataSource } from 'typeorm';
import { hasColumn } from '../platform/ehr/since.js';
import { AccessToken } from './access-token.entity.js';
import { ENDED } from './ehr-token-rows.js';

/** Names one access token, by what its claims say. */
export interface AccessTokenKey {
  /** `jti` */
  readonly tokenId: string;
  readonly clientId: string;
  readonly subject: string;
}

/** How an access token stands in the database. Its end is in the token itself. */
export interface AccessTokenState {
  readonly isRevoked: boolean;
  /** SMART launch context, by wire name; {} when there is none, and for a token that is not on record. */
  readonly context: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly token: string;
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly revoked: number | string;
  readonly expiry: string | null;
  readonly context: string | null;
  readonly ended_at: number | string | null;
  readonly trusted_client: string | null;
  readonly trusted_user: string | null;
}

/** One round trip; every table is reached by an index, with parameters, whatever the collations of its columns. */
const sql = (isMarked: boolean, hasContext: boolean): string => `
  SELECT t.token, t.client_id, t.user_id, ${isMarked ? 't.revoked' : '0 AS revoked'}, t.expiry, ${hasContext ? 't.context' : 'g.launch_context AS context'}, g.ended_at, c.client_id AS trusted_client, c.user_id AS trusted_user
  FROM api_token t
  LEFT JOIN oauth2_issuance i ON i.jti = ?
  LEFT JOIN oauth2_grant g ON g.id = i.grant_id
  LEFT JOIN oauth_trusted_user c ON c.user_id = ? AND c.client_id = ? AND c.session_cache NOT IN ('', '0')
  WHERE t.token = ?`;

/**
 * Asks what the EHR's API asks: whether the token is on record, not revoked, and its client still trusted by the person; and whether its
 * family has ended. Tokens of the EHR's own server have no family here.
 * @see the EHR's src/RestControllers/Authorization/BearerTokenAuthorizationStrategy.php
 */
export async function getAccessTokenState(source: DataSource, { tokenId, clientId, subject }: AccessTokenKey): Promise<AccessTokenState> {
  const rows: Row[] = await source.query(sql(hasColumn(source, AccessToken, 'isRevoked'), hasColumn(source, AccessToken, 'context')), [
    tokenId,
    subject,
    clientId,
    tokenId,
  ]);
  const [row] = rows;
  const isKnown = row?.token === tokenId && row.client_id === clientId && row.user_id === subject;
  const isTrusted = rows.some((each) => each.trusted_client === clientId && each.trusted_user === subject);
  const isEnded = row !== undefined && (Number(row.revoked) !== 0 || row.expiry === ENDED || row.ended_at !== null);
  return { isRevoked: !isKnown || !isTrusted || isEnded, context: isKnown ? readContext(row.context) : {} };
}

/** PHP writes an empty object as a list. What cannot be read is no context. */
function readContext(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
