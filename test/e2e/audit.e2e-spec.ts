import { jest } from '@jest/globals';
import { createProgram, parseWords } from '../../src/cli/program.js';
import { type AuditRow, COVERED, COVERED_CALL, sumOf } from '../support/audit-checksums.js';
import { Browser, encodeForm } from '../support/browser.js';
import { approvedClient, type OAuthClient, publicClient } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

interface Line {
  readonly user: string;
  readonly patientNumber: number | null;
  readonly success: number;
  readonly comment: string;
}

describe('The audit log of the EHR', () => {
  let server: TestServer;
  let client: OAuthClient;
  let seen = 0;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const callsOf = (line: number): Promise<AuditRow[]> =>
    server.database.query<AuditRow[]>('SELECT * FROM api_log WHERE log_id = ?', [line]);

  /** The lines about OAuth since the last call, each with its checksum recomputed from the row as it stands. */
  async function news(): Promise<Line[]> {
    const rows = await server.database.query<AuditRow[]>(
      'SELECT l.*, c.encrypt, c.checksum AS sum, c.checksum_api, c.version FROM log l JOIN log_comment_encrypt c ON c.log_id = l.id WHERE l.id > ? ORDER BY l.id',
      [seen],
    );
    seen = Number(rows.at(-1)?.['id'] ?? seen);
    for (const row of rows) {
      const [call, ...more] = await callsOf(Number(row['id']));
      expect(more).toEqual([]);
      const api = call === undefined ? '' : sumOf({ ...call, created_time: row['date'] ?? null }, COVERED_CALL);
      expect(row).toMatchObject({ sum: sumOf(row, COVERED), encrypt: 'No', checksum_api: api, version: 4, log_from: 'open-emr' });
    }
    return rows
      .filter((row) => row['event'] === 'oauth2')
      .map((row) => ({
        user: String(row['user']),
        patientNumber: row['patient_id'] === null ? null : Number(row['patient_id']),
        success: Number(row['success']),
        comment: Buffer.from(String(row['comments']), 'base64').toString('utf8'),
      }));
  }

  const beginsWith = (text: string): unknown => expect.stringMatching(new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  const byClinician = (success: number, comment: unknown): Line =>
    ({ user: CLINICIAN.username, patientNumber: null, success, comment }) as Line;
  const command = async (...words: string[]): Promise<void> => {
    const out = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    await parseWords(createProgram(), words).finally(() => out.mockRestore());
  };

  beforeEach(() => news());

  it('tells which client registered, and whether it waits', async () => {
    const atOnce = await publicClient(server);
    const waiting = await publicClient(server, { client_name: 'Ein "Zweites"\u{1F600}', scope: 'openid launch' });
    expect(await news()).toEqual([
      {
        user: '',
        patientNumber: null,
        success: 1,
        comment: `OAuth2 client registration success: 127.0.0.1. client ${atOnce.clientId} ("Example app") registered: public, may be used at once`,
      },
      {
        user: '',
        patientNumber: null,
        success: 1,
        comment: `OAuth2 client registration success: 127.0.0.1. client ${waiting.clientId} ("Ein \\"Zweites\\"\u{1F600}") registered: public, waits for approval`,
      },
    ]);
  });

  it('tells of the consent and of the first tokens, and does not repeat itself at a refresh', async () => {
    const tokens = await client.tokens();
    expect(await news()).toEqual([
      byClinician(1, beginsWith(`OAuth2 consent success: 127.0.0.1. client ${client.clientId} allowed: openid `)),
      byClinician(
        1,
        beginsWith(
          `OAuth2 token issue success: 127.0.0.1. client ${client.clientId} received an access token and a refresh token (authorization_code): openid `,
        ),
      ),
    ]);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    expect(await news()).toEqual([]);
  });

  it('names the patient whose tokens went out', async () => {
    const app = await publicClient(server);
    await app.tokens({ scope: 'openid' }, PATIENT);
    const lines = await news();
    expect(lines.at(-1)).toEqual({
      user: PATIENT.username,
      patientNumber: 1,
      success: 1,
      comment: `OAuth2 token issue success: 127.0.0.1. client ${app.clientId} received an access token (authorization_code): openid`,
    });
  });

  it('tells of a code that came twice, once', async () => {
    const callback = await client.authorize();
    expect((await client.exchange(callback.get('code'))).status).toBe(200);
    await news();
    for (let time = 0; time < 2; time += 1) expect((await client.exchange(callback.get('code'))).status).toBe(400);
    expect(await news()).toEqual([
      byClinician(0, beginsWith(`OAuth2 authorization code reuse failure: 127.0.0.1. client ${client.clientId} presented`)),
    ]);
  });

  it('tells of a refresh token that came twice, once', async () => {
    const tokens = await client.tokens();
    await client.refresh(tokens.refresh_token);
    await news();
    expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
    expect(await news()).toEqual([
      byClinician(0, beginsWith(`OAuth2 refresh token reuse failure: 127.0.0.1. client ${client.clientId} presented`)),
    ]);
    await client.refresh(tokens.refresh_token);
    expect(await news()).toEqual([]); // the family has ended: nothing more is lost by it
  });

  it('tells of each revocation once, and of none that ended nothing', async () => {
    const tokens = await client.tokens();
    await news();
    for (let time = 0; time < 2; time += 1) await client.revoke(tokens.access_token);
    for (let time = 0; time < 2; time += 1) await client.revoke(tokens.refresh_token);
    await client.revoke('unheard-of');
    const opening = `OAuth2 revocation success: 127.0.0.1. client ${client.clientId} revoked`;
    expect(await news()).toEqual([
      byClinician(1, `${opening} an access token`),
      byClinician(1, `${opening} a refresh token, with every token of its grant`),
    ]);
  });

  it('tells of a logout once, with what it ended', async () => {
    const visitor = new Visitor(server);
    const { id_token } = await visitor.tokens(client);
    await news();
    const logout = `${server.issuer}/logout?${encodeForm({ id_token_hint: id_token })}`;
    await visitor.browser.open(logout);
    await visitor.browser.open(logout); // nobody is signed in any more, and nothing is left to end
    expect(await news()).toEqual([
      byClinician(
        1,
        `OAuth2 logout success: 127.0.0.1. signed out of this server; client ${client.clientId} may use nothing of theirs any more`,
      ),
    ]);
  });

  it('tells of a logout that the person confirmed', async () => {
    const visitor = new Visitor(server);
    await visitor.code(client);
    await news();
    const page = await visitor.browser.open(`${server.issuer}/logout`);
    expect(await news()).toEqual([]);
    await visitor.browser.submit(page, { decision: 'sign_out' });
    expect(await news()).toEqual([byClinician(1, 'OAuth2 logout success: 127.0.0.1. signed out of this server')]);
  });

  it('tells what an operator did to a client', async () => {
    const app = await publicClient(server, { scope: 'openid launch' });
    await news();
    const before = { ...process.env };
    const { databaseUrl, dataDir, ehrSiteDir, publicUrl } = server.config;
    const database = databaseUrl && { DATABASE_URL: databaseUrl.reveal().href, OPENEMR_SITE_DIR: ehrSiteDir ?? '' };
    Object.assign(process.env, { CHARTKEY_DATA_DIR: dataDir, PUBLIC_URL: publicUrl.origin, ...database });
    try {
      for (const change of ['approve', 'disable']) await command('clients', change, app.clientId);
      await command('clients', 'compat', app.clientId, '--allow', 'ehr-claims', '--deny', 'ehr-scope-text', 'ehr-token-errors');
      await command('clients', 'delete', app.clientId);
      await command('clients', 'create', '--name', 'By hand', '--redirect-uri', 'https://app.example/cb', '--scope', 'openid');
    } finally {
      process.env = before;
    }
    const opening = `OAuth2 client change success: command line. client ${app.clientId}`;
    expect((await news()).map(({ comment }) => comment)).toEqual([
      `${opening} approved`,
      `${opening} disabled`,
      `${opening} compatibility: allowed ehr-claims; denied ehr-scope-text, ehr-token-errors`,
      `${opening} deleted; people who had allowed it something: 0`,
      expect.stringMatching(
        /^OAuth2 client registration success: command line\. client \S{43} \("By hand"\) registered: confidential, may be used at once$/,
      ),
    ]);
  });

  it('holds no password, code, token or secret', async () => {
    const visitor = new Visitor(server);
    const code = await visitor.code(client);
    const first = (await client.exchange(code)).body as Record<string, string>;
    const second = (await client.refresh(first['refresh_token'])).body as Record<string, string>;
    await client.refresh(first['refresh_token']);
    await client.exchange(code);
    await client.revoke(second['access_token']);
    await visitor.browser.open(`${server.issuer}/logout?${encodeForm({ id_token_hint: first['id_token'] })}`);
    const rows = await server.database.query<Array<{ comments: string }>>('SELECT comments FROM log');
    const calls = await server.database.query<AuditRow[]>('SELECT * FROM api_log');
    const text = rows.map(({ comments }) => Buffer.from(comments, 'base64').toString('utf8')).join('\n') + JSON.stringify(calls);
    const { client_secret, registration_access_token } = client.registration;
    const secrets = [CLINICIAN.password, code, client_secret, registration_access_token, ...Object.values(first), ...Object.values(second)];
    const words = secrets.filter((secret): secret is string => typeof secret === 'string' && secret.length > 20 && !secret.includes(' '));
    expect(words.length).toBeGreaterThanOrEqual(9);
    for (const secret of [CLINICIAN.password, ...words]) expect(text).not.toContain(secret);
  });

  it('fails no request when it cannot be written', async () => {
    await server.database.query('ALTER TABLE log_comment_encrypt RENAME TO log_comment_encrypt_away');
    try {
      const callback = await new Visitor(server).code(client);
      const tokens = await client.exchange(callback);
      expect(tokens.status).toBe(200);
      const { access_token, id_token } = tokens.body as Record<string, string>;
      expect((await client.exchange(callback)).body).toMatchObject({ error: 'invalid_grant' });
      expect((await client.revoke(access_token)).status).toBe(200);
      const end = await new Browser(server.origin).open(`${server.issuer}/logout?${encodeForm({ id_token_hint: id_token })}`);
      expect(end.status).toBe(200);
      expect((await publicClient(server)).clientId).toHaveLength(43);
    } finally {
      await server.database.query('ALTER TABLE log_comment_encrypt_away RENAME TO log_comment_encrypt');
    }
    expect(await news()).toEqual([]);
    expect(await server.database.query('SELECT id FROM log WHERE id > ?', [seen])).toEqual([]); // no part of a line
    expect(await server.database.query('SELECT id FROM api_log WHERE log_id > ?', [seen])).toEqual([]);
  });
});
