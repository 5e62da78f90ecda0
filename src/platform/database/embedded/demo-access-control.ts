import { demoTable, type DemoTable } from './demo-table.js';

const SECTION_COLUMNS = 'id value order_value name hidden';
const OBJECT_COLUMNS = 'id section_value value order_value name hidden';

/** Who is in which group of the demo site: one group tree, whose branches are numbered by `lft` and `rgt` as nested sets. */
function members(): DemoTable[] {
  return [
    demoTable('gacl_aro_sections', SECTION_COLUMNS, [[10, 'users', 10, 'Users', 0]]),
    demoTable('gacl_aro', OBJECT_COLUMNS, [
      [10, 'users', 'admin', 10, 'Admin', 0],
      [11, 'users', 'clinician', 10, 'Clinician', 0],
      [12, 'users', 'totpdoc', 10, 'Totp', 0],
      [13, 'users', 'gone', 10, 'Gone', 0],
      [14, 'users', 'oe-system', 10, 'System Operation User', 0],
    ]),
    demoTable('gacl_aro_groups', 'id parent_id lft rgt name value', [
      [10, 0, 1, 14, 'OpenEMR Users', 'users'],
      [11, 10, 2, 3, 'Administrators', 'admin'],
      [12, 10, 4, 5, 'Clinicians', 'clin'],
      [13, 10, 6, 7, 'Physicians', 'doc'],
      [14, 10, 8, 9, 'Front Office', 'front'],
      [15, 10, 10, 11, 'Accounting', 'back'],
      [16, 10, 12, 13, 'Emergency Login', 'breakglass'],
    ]),
    demoTable('gacl_groups_aro_map', 'group_id aro_id', [
      [11, 10],
      [13, 11],
      [13, 12],
      [13, 13],
      [11, 14],
    ]),
  ];
}

/** What the groups may do: administrators everything, physicians see patients' demographics. */
function permissions(): DemoTable[] {
  const written = 1764000000;
  return [
    demoTable('gacl_aco_sections', SECTION_COLUMNS, [
      [10, 'admin', 10, 'Administration', 0],
      [11, 'patients', 10, 'Patients', 0],
    ]),
    demoTable('gacl_aco', OBJECT_COLUMNS, [
      [10, 'admin', 'super', 10, 'Superuser', 0],
      [11, 'admin', 'users', 10, 'Users/Groups/Logs Administration', 0],
      [12, 'patients', 'demo', 10, 'Demographics', 0],
    ]),
    demoTable('gacl_acl_sections', SECTION_COLUMNS, [
      [1, 'system', 1, 'System', 0],
      [2, 'user', 2, 'User', 0],
    ]),
    demoTable('gacl_acl', 'id section_value allow enabled return_value note updated_date', [
      [10, 'system', 1, 1, 'write', 'Administrators', written],
      [11, 'system', 1, 1, 'write', 'Physicians', written],
    ]),
    demoTable('gacl_aco_map', 'acl_id section_value value', [
      [10, 'admin', 'super'],
      [10, 'admin', 'users'],
      [10, 'patients', 'demo'],
      [11, 'patients', 'demo'],
    ]),
    demoTable('gacl_aro_groups_map', 'acl_id group_id', [
      [10, 11],
      [11, 13],
    ]),
  ];
}

/** The demo site's phpGACL rows: groups, who is in them, and what they may do. */
export function demoAccessControl(): DemoTable[] {
  return [...members(), ...permissions()];
}
