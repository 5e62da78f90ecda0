import { TOTP } from 'otpauth';
import { type AuditRow as Row, COVERED_CALL, sumOf } from '../support/audit-checksums.js';
import { encodeForm } from '../support/browser.js';
import { localText } from '../support/ehr-api.js';
import { approvedClient, type OAuthClient, publicClient, signIn } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const ZONE = 'America/New_York';

describe('The requests behind the audit log of the EHR', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    await setGlobal(server, 'gbl_time_zone', ZONE);
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const lastLine = async (): Promise<number> => {
    const [row] = await server.database.query<Array<{ id: unknown }>>('SELECT max(id) AS id FROM log');
    return Number(row?.id ?? 0);
  };

  /** What `api_log` has got since a line, without ids. */
  async function callsSince(line: number): Promise<Row[]> {
    const rows = await server.database.query<Row[]>('SELECT * FROM api_log WHERE log_id > ? ORDER BY id', [line]);
    return rows.map(({ id: _id, log_id: _line, created_time: _time, ...row }) => ({
      ...row,
      ...{ user_id: Number(row['user_id']), patient_id: Number(row['patient_id']) }, // bigint, text on MySQL
    }));
  }

  it('names the request behind each line, its address without what may be secret', async () => {
    const visitor = new Visitor(server);
    const before = await lastLine();
    const page = await visitor.browser.open(client.authorizeUrl());
    await signIn(visitor.browser, page, { ...CLINICIAN, password: 'wrong' });
    const { id_token } = await visitor.tokens(client);
    await visitor.browser.open(`${server.issuer}/logout?${encodeForm({ id_token_hint: id_token })}`);
    await new Visitor(server, PATIENT).tokens(await publicClient(server), { scope: 'openid' });
    const call = (method: string, request: string, url: unknown, user: number, patient = 0): Row =>
      ({
        ...{ user_id: user, patient_id: patient, ip_address: '127.0.0.1', method, request },
        ...{ request_url: url, request_body: '', response: '' },
      }) as Row;
    const step = (name: string): unknown => expect.stringMatching(new RegExp(`^/oauth2/default/${name}/[\\w-]+$`));
    expect(await callsSince(before)).toEqual([
      call('POST', 'sign-in', step('sign-in'), 0),
      call('POST', 'sign-in', step('sign-in'), 2),
      call('GET', 'authorize', step('authorize'), 2),
      call('POST', 'token', '/oauth2/default/token', 2),
      call('GET', 'logout', '/oauth2/default/logout', 2),
      call('POST', 'registration', '/oauth2/default/registration', 0),
      call('POST', 'sign-in', step('sign-in'), 0, 1),
      call('GET', 'authorize', step('authorize'), 0, 1),
      call('POST', 'token', '/oauth2/default/token', 0, 1),
    ]);
    const rows = await server.database.query<Row[]>(
      'SELECT a.*, l.date, c.checksum_api AS sum FROM api_log a JOIN log l ON l.id = a.log_id JOIN log_comment_encrypt c ON c.log_id = l.id',
    );
    for (const row of rows) {
      expect(row['sum']).toBe(sumOf({ ...row, created_time: row['date'] ?? null }, COVERED_CALL));
      const moment = Date.parse(`${String(row['created_time']).replace(' ', 'T')}Z`); // a TIMESTAMP, read in UTC
      expect(localText(new Date(moment), ZONE)).toBe(row['date']);
    }
  });

  it.each(['0', '1'])('follows the EHR setting about requests: api_log_option %s', async (value) => {
    await setGlobal(server, 'api_log_option', value);
    const before = await lastLine();
    await publicClient(server);
    expect(await callsSince(before)).toHaveLength(Number(value));
    expect(await lastLine()).toBe(before + 1);
    await setGlobal(server, 'api_log_option', '2');
  });

  it('tells of sign-ins, of lock-out and of codes', async () => {
    const before = await lastLine();
    const totp = new TOTP({ secret: TOTP_DOCTOR.totpSecret });
    const visitor = new Visitor(server, TOTP_DOCTOR);
    const page = await visitor.arrive(client);
    const timestamp = server.clock.now().getTime();
    await visitor.browser.submit(page, { mfa_token: totp.generate({ timestamp }) });
    await server.database.query(
      "UPDATE users_secure SET login_fail_counter = 20, last_login_fail = '2999-01-01 00:00:00' WHERE username = 'clinician'",
    );
    await new Visitor(server).arrive(client);
    await server.database.query("UPDATE users_secure SET login_fail_counter = 0, last_login_fail = NULL WHERE username = 'clinician'");
    const lines = await server.database.query<Array<{ event: string; comments: string }>>(
      'SELECT event, comments FROM log WHERE id > ? ORDER BY id',
      [before],
    );
    expect(lines.map(({ event, comments }) => `${event} ${Buffer.from(comments, 'base64').toString()}`)).toEqual([
      'api API success: 127.0.0.1. password accepted, second factor outstanding',
      'mfa success: 127.0.0.1. OAuth2 MFA (TOTP) code correct',
      'api API failure: 127.0.0.1. user exceeded maximum number of failed logins',
    ]);
  });
});
