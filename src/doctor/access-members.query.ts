import type { DataSource } from 'typeorm';

const SQL = `
  SELECT DISTINCT object.value AS username
  FROM gacl_aro object
  JOIN gacl_groups_aro_map membership ON membership.aro_id = object.id
  WHERE object.section_value = 'users'`;

/** @returns user names, in exact case, of everybody who is a direct member of an access group (phpGACL) */
export async function readAccessMembers(source: DataSource): Promise<ReadonlySet<string>> {
  const rows = await source.query<Array<{ username: string }>>(SQL);
  return new Set(rows.map(({ username }) => username));
}
