import type { DataSource } from 'typeorm';

/** That a person trusts a client. */
export interface Trust {
  /** How it began, as the EHR names it; null when it does not say. */
  readonly grantType: string | null;
}

interface Row {
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly grant_type: string | null;
}

const SQL = `
  SELECT client_id, user_id, grant_type
  FROM oauth_trusted_user
  WHERE user_id = ? AND client_id = ? AND session_cache NOT IN ('', '0')`;

/** @returns null when the person does not trust the client, by the rule of the EHR's API. Text is compared once more: the database disregards case. */
export async function findTrust(source: DataSource, subject: string, clientId: string): Promise<Trust | null> {
  const rows: Row[] = await source.query(SQL, [subject, clientId]);
  const row = rows.find((each) => each.client_id === clientId && each.user_id === subject);
  return row === undefined ? null : { grantType: row.grant_type };
}
