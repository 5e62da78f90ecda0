import type { DataSource } from 'typeorm';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { isAdministrator } from './ehr-permission.query.js';
import { User } from './user.entity.js';

/** Numbers of the demo site: what `physicians` may do, the clinician among the people, and a rule that is not there yet. */
const [PHYSICIANS, ALL_USERS, CLINICIAN, RULE] = [13, 10, 11, 90];

describe('isAdministrator', () => {
  let database: TestDatabase;
  let source: DataSource;

  beforeEach(async () => {
    database = await openTestDatabase([User]);
    ({ source } = database);
  });
  afterEach(() => database.close());

  const is = (username: string) => isAdministrator(source.manager, username);
  const rule = async ({ id = RULE, allow = 1, enabled = 1 } = {}): Promise<number> => {
    const columns = 'id, section_value, allow, enabled, return_value, note, updated_date';
    await source.query(`INSERT INTO gacl_acl (${columns}) VALUES (?, 'user', ?, ?, '', '', 0)`, [id, allow, enabled]);
    await source.query("INSERT INTO gacl_aco_map (acl_id, section_value, value) VALUES (?, 'admin', 'super')", [id]);
    return id;
  };
  const forGroup = (id: number, group: number) =>
    source.query('INSERT INTO gacl_aro_groups_map (acl_id, group_id) VALUES (?, ?)', [id, group]);
  const forPerson = (id: number, username: string, section = 'users') =>
    source.query('INSERT INTO gacl_aro_map (acl_id, section_value, value) VALUES (?, ?, ?)', [id, section, username]);

  it.each([
    ['admin', true],
    ['oe-system', true],
    ['clinician', false],
    ['totpdoc', false],
    ['gone', false],
    ['nobody', false],
    ['ADMIN', false],
    ['admin ', false],
    ['', false],
    ["' OR '1'='1", false],
  ])('the demo site’s %j: %p', async (username, expected) => {
    expect(await is(username)).toBe(expected);
  });

  it('counts a rule for the person, for their group, and for a group above it', async () => {
    await forPerson(await rule(), 'clinician');
    expect([await is('clinician'), await is('totpdoc')]).toEqual([true, false]);
    await forGroup(await rule({ id: RULE + 1 }), PHYSICIANS);
    expect(await is('totpdoc')).toBe(true);
    await source.query('DELETE FROM gacl_acl WHERE id IN (?, ?)', [RULE, RULE + 1]);
    expect([await is('clinician'), await is('totpdoc')]).toEqual([false, false]);
    await forGroup(await rule({ id: RULE + 2 }), ALL_USERS);
    expect([await is('clinician'), await is('totpdoc')]).toEqual([true, true]);
  });

  it('does not count a rule for a group below', async () => {
    await source.query("UPDATE gacl_aro_groups SET lft = 6, rgt = 9 WHERE value = 'doc'");
    await source.query("UPDATE gacl_aro_groups SET parent_id = ?, lft = 7, rgt = 8 WHERE value = 'front'", [PHYSICIANS]);
    await forGroup(await rule(), 14);
    expect(await is('clinician')).toBe(false);
    await source.query('UPDATE gacl_groups_aro_map SET group_id = 14 WHERE aro_id = ?', [CLINICIAN]);
    expect(await is('clinician')).toBe(true);
  });

  it.each<[string, (id: number) => Promise<unknown>]>([
    ['the person', (id) => forPerson(id, 'admin')],
    ['their group', (id) => forGroup(id, 11)],
    ['a group above', (id) => forGroup(id, ALL_USERS)],
  ])('lets a rule that denies %s win', async (_, assign) => {
    await assign(await rule({ allow: 0 }));
    expect(await is('admin')).toBe(false);
    await source.query('UPDATE gacl_acl SET enabled = 0 WHERE id = ?', [RULE]);
    expect(await is('admin')).toBe(true);
  });

  it('passes over rules that are off, about something else, or about objects', async () => {
    await forPerson(await rule({ enabled: 0 }), 'clinician');
    await forPerson(await rule({ id: RULE + 1 }), 'clinician', 'others');
    await forPerson(await rule({ id: RULE + 2 }), 'clinician');
    await source.query("UPDATE gacl_aco_map SET value = 'users' WHERE acl_id = ?", [RULE + 2]);
    await forPerson(await rule({ id: RULE + 3 }), 'clinician');
    await source.query("INSERT INTO gacl_axo_map (acl_id, section_value, value) VALUES (?, 'x', 'y')", [RULE + 3]);
    await forPerson(await rule({ id: RULE + 4 }), 'clinician');
    await source.query('INSERT INTO gacl_axo_groups_map (acl_id, group_id) VALUES (?, 1)', [RULE + 4]);
    expect(await is('clinician')).toBe(false);
  });
});
