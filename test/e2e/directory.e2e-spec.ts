import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TOTP } from 'otpauth';
import { examine } from '../../src/doctor/doctor.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { LdapResponder } from '../support/ldap-responder.js';
import { approvedClient, type OAuthClient, postForm } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const fixture = (name: string): string => readFileSync(fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url)), 'utf8');
const CERTIFICATE = { cert: fixture('localhost.crt'), key: fixture('localhost.key') };

const TEMPLATE = 'uid={login},ou=people,dc=clinic,dc=example';
const nameOf = (login: string): string => TEMPLATE.replace('{login}', login);
const PASSWORD = 'of the directory';
const REFUSED = 'user failed ldap authentication';

describe(`Passwords in a directory (${TEST_DATABASE})`, () => {
  let server: TestServer;
  let client: OAuthClient;
  let directory: LdapResponder;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const ask = async (username: string, password: string, more: Record<string, string> = {}): Promise<unknown> => {
    const fields = { grant_type: 'password', scope: 'openid', user_role: 'users', username, password, ...more };
    const { body } = await postForm(`${server.issuer}/token`, { ...client.credentials, ...fields });
    return body.error ?? 'tokens';
  };
  const countedOn = async (username: string): Promise<number> => {
    const [row] = await run<{ n: unknown }>('SELECT login_fail_counter AS n FROM users_secure WHERE username = ?', [username]);
    return Number(row?.n ?? 0);
  };
  const countedHere = async (): Promise<number> => {
    const [row] = await run<{ n: unknown }>('SELECT ip_login_fail_counter AS n FROM ip_tracking');
    return Number(row?.n ?? 0);
  };
  const lastReason = async (): Promise<string> => {
    const [line] = await run<{ comments: string }>('SELECT comments FROM log ORDER BY id DESC LIMIT 1');
    return Buffer.from(line?.comments ?? '', 'base64').toString();
  };
  const certificateFile = (name: string): string =>
    join(server.config.ehrSiteDir ?? join(server.config.dataDir, 'embedded-site'), 'documents/certificates', name);
  const findings = async (): Promise<string[]> => {
    const report = await examine(server.config, { clock: server.clock, random: new SystemRandom() }, { quick: true });
    return report.findings.map(({ id }) => id).filter((id) => id.startsWith('directory') || id.startsWith('people'));
  };

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    directory = await LdapResponder.start({ [nameOf('clinician')]: PASSWORD, [nameOf('totpdoc')]: PASSWORD }, CERTIFICATE);
    await setGlobal(server, 'oauth_password_grant', '1');
    await setGlobal(server, 'gbl_ldap_enabled', '1');
    await setGlobal(server, 'gbl_ldap_dn', TEMPLATE);
    await setGlobal(server, 'gbl_ldap_exclusions', 'someone, admin');
  });

  afterAll(async () => {
    await directory.stop();
    await server.stop();
  });

  beforeEach(async () => {
    directory.binds.length = 0;
    directory.code = null;
    await run('UPDATE users_secure SET login_fail_counter = 0');
    await run('DELETE FROM ip_tracking');
    await setGlobal(server, 'gbl_ldap_host', directory.url);
  });

  it('open the account there, on the page and by the grant, and change nothing here', async () => {
    await run("UPDATE users_secure SET last_update_password = '2001-01-01 00:00:00' WHERE username = 'clinician'"); // expired, were it local
    await setGlobal(server, 'gbl_auth_bcrypt_hash_cost', '5'); // would be a new hash, were it local
    const stored = await run("SELECT * FROM users_secure WHERE username = 'clinician'");
    expect(await ask(CLINICIAN.username, PASSWORD)).toBe('tokens');
    expect(await new Visitor(server, { ...CLINICIAN, password: PASSWORD }).code(client)).toMatch(/\S/);
    expect(directory.binds).toEqual(Array(2).fill({ name: nameOf('clinician'), password: PASSWORD, overTls: false }));
    expect(await run("SELECT * FROM users_secure WHERE username = 'clinician'")).toEqual(stored);
    await setGlobal(server, 'gbl_auth_bcrypt_hash_cost', 'DEFAULT');
  });

  it('are refused when wrong, and counted as the EHR counts them; the old one here does not take their place', async () => {
    expect(await ask(CLINICIAN.username, 'wrong')).toBe('invalid_grant');
    expect(await lastReason()).toBe(`API failure: 127.0.0.1. ${REFUSED}`);
    expect(await ask(CLINICIAN.username, CLINICIAN.password)).toBe('invalid_grant');
    expect([await countedOn('clinician'), await countedHere()]).toEqual([2, 2]);
    expect(await ask(CLINICIAN.username, PASSWORD)).toBe('tokens');
    expect([await countedOn('clinician'), await countedHere()]).toEqual([0, 0]);
  });

  it('are not asked for of somebody who is locked out, unknown, or has no group', async () => {
    await run("UPDATE users_secure SET login_fail_counter = 20, last_login_fail = '2999-01-01 00:00:00' WHERE username = 'clinician'");
    for (const username of [CLINICIAN.username, 'nobody', 'Clinician']) expect(await ask(username, PASSWORD)).toBe('invalid_grant');
    expect(directory.binds).toEqual([]);
  });

  it('leave those who are named as exceptions their password here', async () => {
    expect(await ask(ADMIN.username, ADMIN.password)).toBe('tokens');
    expect(await ask(ADMIN.username, PASSWORD)).toBe('invalid_grant');
    expect(directory.binds).toEqual([]);
  });

  it('leave the second factor where it is', async () => {
    expect(await ask(TOTP_DOCTOR.username, PASSWORD)).toBe('mfa_token_required');
    const timestamp = server.clock.now().getTime();
    const code = TOTP.generate({ secret: new TOTP({ secret: TOTP_DOCTOR.totpSecret }).secret, timestamp });
    expect(await ask(TOTP_DOCTOR.username, PASSWORD, { mfa_token: code })).toBe('tokens');
  });

  it.each(['clinician,ou=admins', 'x)(uid=*', 'cn=admin\\2c', '*', 'a b', 'EXTERNAL,x'])(
    'are never asked for under a user name that means something in a directory: %s',
    async (username) => {
      await run('UPDATE users SET username = ? WHERE username = ?', [username, 'clinician']);
      await run('UPDATE users_secure SET username = ? WHERE username = ?', [username, 'clinician']);
      await run('UPDATE `groups` SET user = ? WHERE user = ?', [username, 'clinician']);
      await run('UPDATE gacl_aro SET value = ? WHERE value = ?', [username, 'clinician']);
      try {
        expect(await ask(username, PASSWORD)).toBe('invalid_grant');
        expect(await lastReason()).toBe(`API failure: 127.0.0.1. ${REFUSED}`);
        expect(directory.binds).toEqual([]);
        expect(await countedOn(username)).toBe(1);
      } finally {
        await run('UPDATE users SET username = ? WHERE username = ?', ['clinician', username]);
        await run('UPDATE users_secure SET username = ? WHERE username = ?', ['clinician', username]);
        await run('UPDATE `groups` SET user = ? WHERE user = ?', ['clinician', username]);
        await run('UPDATE gacl_aro SET value = ? WHERE value = ?', ['clinician', username]);
      }
    },
  );

  it.each<[string, string | null, number | null]>([
    ['is not there', 'ldap://127.0.0.1:1', null],
    ['has no address', '', null],
    ['says that it is busy', null, 51],
    ['does not understand the name', null, 34],
  ])('are refused and counted against nobody while the directory %s', async (_what, host, code) => {
    if (host !== null) await setGlobal(server, 'gbl_ldap_host', host);
    directory.code = code;
    expect(await ask(CLINICIAN.username, PASSWORD)).toBe('invalid_grant');
    expect(await lastReason()).toBe(`API failure: 127.0.0.1. ${REFUSED}`);
    expect([await countedOn('clinician'), await countedHere()]).toEqual([0, 0]);
    expect(JSON.stringify(server.logs)).toContain('the directory (LDAP) cannot be asked');
    expect(JSON.stringify(server.logs)).not.toContain(PASSWORD);
  });

  it('are asked for at the next address when the first does not answer', async () => {
    await setGlobal(server, 'gbl_ldap_host', `ldap://127.0.0.1:1 ${directory.url}`);
    expect(await ask(CLINICIAN.username, PASSWORD)).toBe('tokens');
  });

  it('travel over TLS where the site has the certificate of the authority, and not at all where that does not fit', async () => {
    writeFileSync(certificateFile('ldap-ca'), CERTIFICATE.cert);
    try {
      expect(await ask(CLINICIAN.username, PASSWORD)).toBe('tokens');
      expect(directory.binds.map(({ overTls }) => overTls)).toEqual([true]);
      expect(await findings()).toContain('directory');
      await setGlobal(server, 'gbl_ldap_host', directory.url.replace('localhost', '127.1')); // the same machine by a name that the certificate has not
      directory.binds.length = 0;
      expect(await ask(CLINICIAN.username, PASSWORD)).toBe('invalid_grant');
      expect([directory.binds, await countedOn('clinician')]).toEqual([[], 0]);
      expect(JSON.stringify(server.logs)).toMatch(/does not match certificate/);
      expect(await findings()).toContain('directory.unreachable');
    } finally {
      rmSync(certificateFile('ldap-ca'));
    }
  });

  it('are looked after by the doctor', async () => {
    await run("UPDATE users_secure SET password = 'unreadable' WHERE username = 'totpdoc'"); // matters to nobody now
    expect(await findings()).toEqual(['people', 'directory']);
    await setGlobal(server, 'gbl_ldap_host', 'ldap://127.0.0.1:1');
    expect(await findings()).toEqual(['people', 'directory.unreachable']);
    await setGlobal(server, 'gbl_ldap_host', '');
    expect(await findings()).toEqual(['people', 'directory.settings']);
  });
});
