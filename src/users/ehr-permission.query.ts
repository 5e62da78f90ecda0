import type { EntityManager } from 'typeorm';

/** Something that the EHR guards (phpGACL: an access control object), such as `patients`, `demo`. */
export interface Permission {
  readonly section: string;
  readonly value: string;
}

/** What the EHR asks of whoever selects a patient. @see the EHR's src/RestControllers/SMART/SMARTAuthorizationController.php */
export const DEMOGRAPHICS: Permission = { section: 'patients', value: 'demo' };

/** Whoever has it may do everything, whatever other rules say. @see the EHR's src/Common/Acl/AclMain.php */
const EVERYTHING: Permission = { section: 'admin', value: 'super' };

interface Row {
  readonly holder: string;
  readonly section_value: string;
  readonly value: string;
  readonly allow: number | string;
}

/**
 * The enabled rules on two permissions that are mapped to a person, to their groups, or to a group further up in the tree (a nested set);
 * rules on parts of a permission (axo) are none.
 */
const SQL = `
  SELECT holders.holder, permission.section_value, permission.value, rule.allow
  FROM gacl_aco_map permission
  JOIN gacl_acl rule ON rule.id = permission.acl_id AND rule.enabled = 1
  JOIN (
    SELECT object.value AS holder, given.acl_id
    FROM gacl_aro object
    JOIN gacl_groups_aro_map membership ON membership.aro_id = object.id
    JOIN gacl_aro_groups own ON own.id = membership.group_id
    JOIN gacl_aro_groups enclosing ON enclosing.lft <= own.lft AND enclosing.rgt >= own.rgt
    JOIN gacl_aro_groups_map given ON given.group_id = enclosing.id
    WHERE object.section_value = 'users' AND object.value = ?
    UNION
    SELECT own_rule.value AS holder, own_rule.acl_id
    FROM gacl_aro_map own_rule
    WHERE own_rule.section_value = 'users' AND own_rule.value = ?
  ) holders ON holders.acl_id = rule.id
  WHERE ((permission.section_value = ? AND permission.value = ?) OR (permission.section_value = ? AND permission.value = ?))
    AND NOT EXISTS (SELECT 1 FROM gacl_axo_map part WHERE part.acl_id = rule.id)
    AND NOT EXISTS (SELECT 1 FROM gacl_axo_groups_map part WHERE part.acl_id = rule.id)`;

/**
 * Whether the EHR lets a member of staff do something: a rule allows it, to them or to one of their groups, and none denies it.
 * @param username in exact case
 */
export async function isPermitted(manager: EntityManager, username: string, wanted: Permission): Promise<boolean> {
  const asked = [wanted, EVERYTHING].flatMap(({ section, value }) => [section, value]);
  const rows = await manager.query<Row[]>(SQL, [username, username, ...asked]);
  const own = rows.filter((row) => row.holder === username); // MySQL compares without regard to case
  return isAllowed(own, EVERYTHING) || isAllowed(own, wanted);
}

/** Whether somebody administers the EHR as a whole: the permission `admin/super`. @param username in exact case */
export function isAdministrator(manager: EntityManager, username: string): Promise<boolean> {
  return isPermitted(manager, username, EVERYTHING);
}

function isAllowed(rows: readonly Row[], { section, value }: Permission): boolean {
  const rules = rows.filter((row) => row.section_value === section && row.value === value);
  return rules.length > 0 && rules.every((rule) => Number(rule.allow) === 1);
}
