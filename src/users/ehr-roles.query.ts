import type { EntityManager } from 'typeorm';

interface Row {
  username: string;
  access_group: string;
}

const SQL = `
  SELECT object.value AS username, access_group.value AS access_group
  FROM gacl_aro object
  JOIN gacl_groups_aro_map membership ON membership.aro_id = object.id
  JOIN gacl_aro_groups access_group ON access_group.id = membership.group_id
  WHERE object.section_value = 'users' AND object.value = ?
  ORDER BY access_group.id`;

/**
 * The access groups (phpGACL) that somebody is a direct member of; groups further up in the tree are not followed.
 * @param username in exact case
 * @returns short names such as `admin`, `doc`; empty for somebody who may not sign in
 */
export async function findAccessGroups(manager: EntityManager, username: string): Promise<string[]> {
  const rows = await manager.query<Row[]>(SQL, [username]);
  return rows.filter((row) => row.username === username).map((row) => row.access_group); // MySQL compares without regard to case
}
