import type { EntityManager } from 'typeorm';

interface Row {
  username: string;
  allow: number | string;
}

/** Rules on `admin/super` which are mapped to the person, or to one of their groups or a group above it; none that is bound to an object. */
const SQL = `
  SELECT object.value AS username, rule.allow AS allow
  FROM gacl_aro object
  JOIN gacl_aco_map permission ON permission.section_value = 'admin' AND permission.value = 'super'
  JOIN gacl_acl rule ON rule.id = permission.acl_id AND rule.enabled = 1
  WHERE object.section_value = 'users' AND object.value = ?
    AND (
      EXISTS (SELECT 1 FROM gacl_aro_map direct
              WHERE direct.acl_id = rule.id AND direct.section_value = 'users' AND direct.value = object.value)
      OR EXISTS (SELECT 1 FROM gacl_groups_aro_map membership
                 JOIN gacl_aro_groups own ON own.id = membership.group_id
                 JOIN gacl_aro_groups above ON above.lft <= own.lft AND above.rgt >= own.rgt
                 JOIN gacl_aro_groups_map mapped ON mapped.group_id = above.id
                 WHERE membership.aro_id = object.id AND mapped.acl_id = rule.id)
    )
    AND NOT EXISTS (SELECT 1 FROM gacl_axo_map bound WHERE bound.acl_id = rule.id)
    AND NOT EXISTS (SELECT 1 FROM gacl_axo_groups_map bound WHERE bound.acl_id = rule.id)`;

/**
 * Whether the EHR's access control (phpGACL) allows somebody `admin/super`: at least one rule allows, and none denies.
 * @param username in exact case
 */
export async function isAdministrator(manager: EntityManager, username: string): Promise<boolean> {
  const rules = (await manager.query<Row[]>(SQL, [username])).filter((row) => row.username === username); // MySQL compares without regard to case
  return rules.length > 0 && rules.every(({ allow }) => Number(allow) === 1);
}
