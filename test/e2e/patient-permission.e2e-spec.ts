import { isPermitted } from '../../src/users/ehr-permission.query.js';
import { type Answer, Browser } from '../support/browser.js';
import { allow, approvedClient, callbackOf, type OAuthClient, signIn } from '../support/oauth-client.js';
import { choose, isPicker } from '../support/patient-picking.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid launch/patient patient/Patient.read';

describe('The right to choose a patient', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  const query = (sql: string): Promise<unknown> => server.database.query(sql);

  describe('of staff who lack it', () => {
    let client: OAuthClient;
    let browser: Browser;

    beforeAll(async () => {
      client = await approvedClient(server, { scope: SCOPE });
    });

    beforeEach(() => {
      browser = new Browser(server.origin);
    });

    const ask = (more: Record<string, string> = {}): Promise<Answer> => browser.open(client.authorizeUrl({ scope: SCOPE, ...more }));
    const rules = async (change: string): Promise<void> => void (await query(change));

    beforeEach(() => rules('UPDATE gacl_acl SET enabled = 0 WHERE id = 11'));
    afterEach(() => rules('UPDATE gacl_acl SET enabled = 1 WHERE id = 11'));

    it('refuses the request without showing anybody', async () => {
      const answer = callbackOf(await signIn(browser, await ask(), CLINICIAN));
      expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', state: 'the state', iss: server.issuer });
      expect(server.logs.refusals().at(-1)?.detail).toBe('no permission patients/demo in the EHR');
      expect(callbackOf(await ask({ prompt: 'none' })).get('error')).toBe('access_denied');
    });

    it('refuses it also when the right was taken away after the choice', async () => {
      await rules('UPDATE gacl_acl SET enabled = 1 WHERE id = 11');
      const consent = await choose(browser, await signIn(browser, await ask(), CLINICIAN), '2');
      await rules('UPDATE gacl_acl SET enabled = 0 WHERE id = 11');
      expect(callbackOf(await allow(browser, consent)).get('error')).toBe('access_denied');
    });

    it('lets an administrator choose, whatever other rules say', async () => {
      expect(isPicker(await signIn(browser, await ask(), ADMIN))).toBe(true);
    });
  });

  describe('in the access rules of the EHR (phpGACL)', () => {
    const may = (username: string, section = 'patients', value = 'demo'): Promise<boolean> =>
      isPermitted(server.database.manager, username, { section, value });
    /** Tries a change of the rules, and takes it back. */
    async function under(change: readonly string[], undo: readonly string[], look: () => Promise<void>): Promise<void> {
      for (const sql of change) await query(sql);
      try {
        await look();
      } finally {
        for (const sql of undo) await query(sql);
      }
    }
    const rule = (id: number, allow: number, enabled = 1): string =>
      `INSERT INTO gacl_acl (id, section_value, allow, enabled, return_value, updated_date) VALUES (${id}, 'user', ${allow}, ${enabled}, 'write', 0)`;
    const about = (id: number, section = 'patients', value = 'demo'): string =>
      `INSERT INTO gacl_aco_map (acl_id, section_value, value) VALUES (${id}, '${section}', '${value}')`;
    const forGroup = (id: number, group: number): string => `INSERT INTO gacl_aro_groups_map (acl_id, group_id) VALUES (${id}, ${group})`;
    const forUser = (id: number, name: string): string =>
      `INSERT INTO gacl_aro_map (acl_id, section_value, value) VALUES (${id}, 'users', '${name}')`;
    const away = ['gacl_aco_map', 'gacl_aro_groups_map', 'gacl_aro_map', 'gacl_axo_map', 'gacl_axo_groups_map']
      .map((table) => `DELETE FROM ${table} WHERE acl_id >= 50`)
      .concat(
        'DELETE FROM gacl_acl WHERE id >= 50',
        'DELETE FROM gacl_groups_aro_map WHERE aro_id >= 50',
        'DELETE FROM gacl_aro WHERE id >= 50',
      );
    const FRONT = [
      "INSERT INTO gacl_aro (id, section_value, value, order_value, name, hidden) VALUES (50, 'users', 'front', 10, 'Front', 0)",
      'INSERT INTO gacl_groups_aro_map (group_id, aro_id) VALUES (14, 50)',
    ];

    it('comes with the groups of the demo site, in exact case, and with no other', async () => {
      expect(await Promise.all(['admin', 'clinician', 'totpdoc', 'oe-system'].map((name) => may(name)))).toEqual([true, true, true, true]);
      expect(await Promise.all(['', 'Clinician', 'clinician ', 'nobody', "' OR 1=1 --"].map((name) => may(name)))).toEqual(
        Array.from({ length: 5 }, () => false),
      );
      expect([await may('clinician', 'admin', 'super'), await may('clinician', 'patients', 'notes')]).toEqual([false, false]);
      expect([await may('admin', 'admin', 'super'), await may('admin', 'patients', 'notes')]).toEqual([true, true]); // admin/super implies all
    });

    it.each<[string, string[], string, boolean]>([
      ['by no rule', FRONT, 'front', false],
      ['by a rule for the group', [...FRONT, rule(50, 1), about(50), forGroup(50, 14)], 'front', true],
      ['by a rule for the root of the groups', [...FRONT, rule(50, 1), about(50), forGroup(50, 10)], 'front', true],
      ['by a rule for another group', [...FRONT, rule(50, 1), about(50), forGroup(50, 15)], 'front', false],
      ['by a rule for the person', [...FRONT, rule(50, 1), about(50), forUser(50, 'front')], 'front', true],
      ['by a rule that is switched off', [...FRONT, rule(50, 1, 0), about(50), forUser(50, 'front')], 'front', false],
      ['by a rule about something else', [...FRONT, rule(50, 1), about(50, 'patients', 'notes'), forUser(50, 'front')], 'front', false],
      [
        'by a rule about a part of it',
        [
          ...FRONT,
          rule(50, 1),
          about(50),
          forUser(50, 'front'),
          "INSERT INTO gacl_axo_map (acl_id, section_value, value) VALUES (50, 'x', 'y')",
        ],
        'front',
        false,
      ],
      ['against a rule that denies it to the person', [rule(50, 0), about(50), forUser(50, 'clinician')], 'clinician', false],
      ['against a rule that denies it to everybody', [rule(50, 0), about(50), forGroup(50, 10)], 'clinician', false],
      ['against such a rule, for an administrator', [rule(50, 0), about(50), forGroup(50, 10)], 'admin', true],
      [
        'without admin/super, where that is denied',
        [rule(50, 0), about(50, 'admin', 'super'), about(50), forUser(50, 'admin')],
        'admin',
        false,
      ],
      ['against a denial that is switched off', [rule(50, 0, 0), about(50), forGroup(50, 10)], 'clinician', true],
    ])('%s', async (_how, change, username, expected) => {
      await under(change, away, async () => expect(await may(username)).toBe(expected));
    });
  });
});
