import { StaffService } from '../../src/users/staff.service.js';
import { Browser } from '../support/browser.js';
import { approvedClient, type OAuthClient, postForm } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { arrive, wordsOf } from '../support/second-factor-steps.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** Of the demo site: group of everybody, and the one that the clinician is in. */
const [EVERYBODY, PHYSICIANS] = [10, 13];
const MUST_ENROL = 'Set one up to go on';

describe('A rule about second factors for administrators alone', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = (sql: string, values: unknown[] = []): Promise<unknown> => server.database.query(sql, values);
  const arriving = async (person: typeof ADMIN | typeof CLINICIAN) => arrive(new Browser(server.origin), client, person);
  /** A rule on `admin/super` of phpGACL for a group. */
  const rule = async (id: number, allow: 0 | 1, group: number): Promise<void> => {
    const columns = 'id, section_value, allow, enabled, return_value, note, updated_date';
    await run(`INSERT INTO gacl_acl (${columns}) VALUES (?, 'user', ?, 1, '', '', 0)`, [id, allow]);
    await run("INSERT INTO gacl_aco_map (acl_id, section_value, value) VALUES (?, 'admin', 'super')", [id]);
    await run('INSERT INTO gacl_aro_groups_map (acl_id, group_id) VALUES (?, ?)', [id, group]);
  };

  beforeAll(async () => {
    server = await startServer({
      env: { CHARTKEY_MFA_STAFF: 'optional', CHARTKEY_MFA_ADMINISTRATORS: 'required', CHARTKEY_MFA_GRACE_DAYS: '0' },
    });
    client = await approvedClient(server);
    await setGlobal(server, 'oauth_password_grant', '1');
  });
  afterAll(() => server.stop());
  afterEach(async () => {
    for (const table of ['gacl_aco_map', 'gacl_aro_groups_map']) await run(`DELETE FROM ${table} WHERE acl_id >= 90`);
    await run('DELETE FROM gacl_acl WHERE id >= 90');
  });

  it('is for those whom the EHR allows everything', async () => {
    expect(wordsOf(await arriving(ADMIN))).toContain(MUST_ENROL);
    expect((await arriving(CLINICIAN)).text).toContain('name="decision"');
  });

  it('holds for the password grant', async () => {
    const answers = [ADMIN, CLINICIAN].map(async ({ username, password }) => {
      const form = { grant_type: 'password', scope: 'openid', user_role: 'users', username, password, ...client.credentials };
      return (await postForm(`${server.issuer}/token`, form)).body.error;
    });
    expect(await Promise.all(answers)).toEqual(['invalid_grant', undefined]);
  });

  it('follows the groups of the EHR, those above included, where a refusal wins', async () => {
    await rule(90, 1, EVERYBODY);
    expect(wordsOf(await arriving(CLINICIAN))).toContain(MUST_ENROL);
    await rule(91, 0, PHYSICIANS);
    expect((await arriving(CLINICIAN)).text).toContain('name="decision"');
    expect(wordsOf(await arriving(ADMIN))).toContain(MUST_ENROL);
    await run('UPDATE gacl_acl SET enabled = 0 WHERE id = 91');
    expect(wordsOf(await arriving(CLINICIAN))).toContain(MUST_ENROL);
  });

  it('knows people by their exact names', async () => {
    const staff = server.app.get(StaffService);
    const names = ['admin', 'ADMIN', 'admin ', 'clinician', 'nobody'];
    expect(await Promise.all(names.map((name) => staff.isAdministrator(name)))).toEqual([true, false, false, false, false]);
  });
});
