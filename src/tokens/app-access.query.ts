import type { DataSource } from 'typeorm';

/** What a client has of a person at a moment, by scope; moments are epoch milliseconds. */
export interface GrantedAccess {
  readonly clientId: string;
  /** Separated by blanks. */
  readonly scope: string;
  readonly since: number;
  readonly until: number;
  /** When it last got a token. */
  readonly lastUsed: number | null;
}

interface Row {
  readonly client_id: string;
  readonly scope: string;
  readonly since: number | string;
  readonly until: number | string;
  readonly last_used: number | string | null;
}

/** An app that signs somebody in by password each hour has a grant for each: they are counted together, by the database. */
const SQL = `
  SELECT g.client_id, g.scope, MIN(g.created_at) AS since, MAX(g.expires_at) AS until, MAX(i.issued_at) AS last_used
  FROM oauth2_grant g
  LEFT JOIN oauth2_issuance i ON i.grant_id = g.id
  WHERE g.subject = ? AND g.ended_at IS NULL AND g.expires_at > ?
  GROUP BY g.client_id, g.scope
  ORDER BY g.client_id`;

/** @param subject uuid text */
export async function findGrantedAccess(source: DataSource, subject: string, now: Date): Promise<GrantedAccess[]> {
  const rows: Row[] = await source.query(SQL, [subject, now.getTime()]);
  return rows.map(({ client_id, scope, since, until, last_used }) => ({
    ...{ clientId: client_id, scope, since: Number(since), until: Number(until) },
    lastUsed: last_used === null ? null : Number(last_used),
  }));
}
