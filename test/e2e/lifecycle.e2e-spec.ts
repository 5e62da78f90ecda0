import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { CLINICIAN } from '../support/people.js';
import { publicClient } from '../support/oauth-client.js';
import { ehrOf, ownTablesOf } from '../support/ehr-contents.js';
import { halfSent, untilRefused } from '../support/half-sent.js';
import { ProgramSite } from '../support/program.js';
import { TEST_DATABASE } from '../support/start-server.js';

const CLIENT = { client_name: 'Half sent', redirect_uris: ['https://app.example/callback'], scope: 'openid' };
const STACK = /\n\s+at /;

describe('The program as a server', () => {
  let site: ProgramSite;

  beforeAll(async () => {
    site = await ProgramSite.create();
  });

  afterAll(() => site.close());

  it('says where it is, what it runs on, and what is not for production', async () => {
    const server = await site.serve();
    const banner = server.output();
    expect(banner).toContain(`Address     ${server.origin} (listens on 127.0.0.1:${new URL(server.origin).port})`);
    expect(banner).toContain(`${server.origin}/swagger`);
    expect(banner).toContain('plain http: set PUBLIC_URL');
    expect(banner.includes(CLINICIAN.password)).toBe(TEST_DATABASE === 'embedded');
    expect(banner).toContain(TEST_DATABASE === 'embedded' ? 'embedded database in' : 'mysql://');
    expect((await fetch(`${server.origin}/health/ready`)).status).toBe(200);
    expect(await server.stop()).toMatchObject({ status: 0, stderr: '' });
  });

  it('finishes a request in flight when it is told to stop, and takes no new one', async () => {
    const server = await site.serve();
    const request = await halfSent(server, CLIENT);
    server.signal('SIGTERM');
    await untilRefused(server);
    request.finish();
    expect(await request.answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 201 Created\r\n/);
    expect(await server.ended).toMatchObject({ status: 0, stderr: '' });
    expect(await site.query('SELECT client_name FROM oauth_clients WHERE client_name = ?', [CLIENT.client_name])).toHaveLength(1);
  });

  it('does not wait for a connection that is merely kept open', async () => {
    const server = await site.serve();
    const idle = connect(Number(new URL(server.origin).port), '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => idle.once('connect', resolve));
    server.signal('SIGINT');
    expect(await server.ended).toMatchObject({ status: 0 });
  });

  it('cuts a request off that takes longer than the grace, and tells so by its exit status', async () => {
    const server = await site.serve({ CHARTKEY_SHUTDOWN_GRACE: '0' });
    const request = await halfSent(server, CLIENT);
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ status: 1, stdout: expect.stringContaining('cut off') });
    expect(await request.answer).not.toContain('201');
  });

  it('knows after a restart who it was: keys, clients and tokens are what they were', async () => {
    const before = await site.serve();
    const client = await publicClient(before);
    const tokens = await client.tokens({ scope: 'openid offline_access' });
    const keys = await (await fetch(`${before.issuer}/jwk`)).text();
    await before.stop();
    const after = await site.serve({ PORT: new URL(before.origin).port });
    expect(await (await fetch(`${after.issuer}/jwk`)).text()).toBe(keys);
    expect(await client.userinfo(tokens.access_token)).toMatchObject({ status: 200, body: { sub: CLINICIAN.subject } });
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    await after.stop();
  });

  it('alters no table of the EHR by starting, and none of its rows', async () => {
    const untouched = await ProgramSite.create();
    const settings = { CHARTKEY_SWAGGER_CLIENT: 'off', CHARTKEY_LAUNCH_SIMULATOR: 'off' }; // they are registered at the address of the day
    try {
      if (TEST_DATABASE === 'embedded') await (await untouched.serve(settings)).stop(); // the first start makes that EHR
      const before = await ehrOf(untouched);
      expect(before.size).toBeGreaterThan(25);
      await (await untouched.serve(settings)).stop();
      expect(await ehrOf(untouched)).toEqual(before);
      expect(await ownTablesOf(untouched)).toContain('oauth2_grant');
    } finally {
      await untouched.close();
    }
  });
});

describe('The program that cannot start', () => {
  let site: ProgramSite;

  beforeAll(async () => {
    site = await ProgramSite.create();
  });

  afterAll(() => site.close());

  /** @returns what it complains about */
  const refused = async (settings: Record<string, string>): Promise<string> => {
    const { status, stdout, stderr } = await site.run(['serve'], settings);
    expect(status).toBe(2);
    expect(stdout).not.toContain('Chartkey is ready');
    expect(stderr).not.toMatch(STACK);
    return stderr;
  };

  it('lists every mistake in its settings at once', async () => {
    const complaint = await refused({
      PORT: 'many',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'http://id.clinic.example',
      DATABASE_URL: 'postgres://me:the-password@db/openemr',
      CHARTKEY_NONSENSE: '1',
      CHARTKEY_CODE_LIFETIME: '4',
      CHARTKEY_EHR_TIME_ZONE: 'Mars/Olympus',
      TLS_CERT_FILE: 'cert.pem',
    });
    expect(complaint.split('\n').filter((line) => line.startsWith('  - '))).toHaveLength(8);
    const named = [
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'DATABASE_URL',
      'CHARTKEY_NONSENSE',
      'CHARTKEY_CODE_LIFETIME',
      'CHARTKEY_EHR_TIME_ZONE',
    ];
    for (const name of [...named, 'TLS_KEY_FILE']) expect(complaint).toContain(name);
    expect(complaint).not.toContain('the-password');
  });

  it('names a certificate that is not there', async () => {
    expect(await refused({ TLS_CERT_FILE: 'nowhere.crt', TLS_KEY_FILE: 'nowhere.key' })).toContain('nowhere.crt');
  });

  it('says so when somebody else listens at its address', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    expect(await refused({ PORT: port })).toMatch(/listens at this address already/);
    other.close();
  });

  it('waits for migrations where an operator runs them', async () => {
    const fresh = await ProgramSite.create();
    try {
      const manual = { CHARTKEY_MIGRATE: 'manual' };
      const early = await fresh.run(['serve'], manual);
      expect(early).toMatchObject({ status: 2, stderr: expect.stringContaining('chartkey migrate up') });
      expect(early.stderr).not.toMatch(STACK);
      expect(await ownTablesOf(fresh)).toEqual([]);
      expect((await fresh.run(['migrate', 'up'])).status).toBe(0);
      const server = await fresh.serve(manual);
      expect(await server.stop()).toMatchObject({ status: 0 });
    } finally {
      await fresh.close();
    }
  });

  if (TEST_DATABASE === 'mysql') describeMysql(() => site, refused);
});

/** What can be wrong with an EHR's own database and folder. */
function describeMysql(site: () => ProgramSite, refused: (settings: Record<string, string>) => Promise<string>): void {
  it('names every table and column that the EHR should have and does not', async () => {
    await site().query('ALTER TABLE oauth_clients CHANGE is_enabled was_enabled tinyint(1) NOT NULL DEFAULT 0');
    await site().query('ALTER TABLE api_token CHANGE expiry ends datetime');
    await site().query('RENAME TABLE login_mfa_registrations TO mfa_elsewhere');
    const complaint = await refused({});
    await site().query('ALTER TABLE oauth_clients CHANGE was_enabled is_enabled tinyint(1) NOT NULL DEFAULT 0');
    await site().query('ALTER TABLE api_token CHANGE ends expiry datetime');
    await site().query('RENAME TABLE mfa_elsewhere TO login_mfa_registrations');
    expect(complaint).toContain('table oauth_clients lacks column is_enabled');
    expect(complaint).toContain('table api_token lacks column expiry');
    expect(complaint).toContain('table login_mfa_registrations is missing');
  });

  it('keeps the password to itself when the database does not take it', async () => {
    const url = new URL(site().settings['DATABASE_URL'] ?? '');
    url.password = 'not-the-password';
    const complaint = await refused({ DATABASE_URL: url.href });
    expect(complaint).toContain('cannot open mysql://');
    expect(complaint).toMatch(/denied/i);
    expect(complaint).not.toContain('not-the-password');
  });

  it('says which keys are missing from a folder that is not the site folder', async () => {
    const empty = join(site().folder, 'empty');
    mkdirSync(empty);
    const complaint = await refused({ OPENEMR_SITE_DIR: empty });
    for (const file of ['oaprivate.key', 'oapublic.key']) expect(complaint).toContain(join(empty, 'documents', 'certificates', file));
  });

  it('does start without a site folder, with keys of its own, and warns of them', async () => {
    const keys = await site().query('SELECT * FROM `keys` ORDER BY id');
    const server = await site().serve({ OPENEMR_SITE_DIR: '' });
    expect(server.output()).toMatch(/Not safe for production[\s\S]*keys of its own.*OPENEMR_SITE_DIR/);
    const client = await publicClient(server);
    const tokens = await client.tokens({ scope: 'openid profile offline_access' });
    expect(await client.userinfo(tokens.access_token)).toMatchObject({ status: 200, body: { given_name: 'Clara' } });
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    await server.stop();
    expect(await site().query('SELECT * FROM `keys` ORDER BY id')).toEqual(keys); // the EHR's own are not touched
  });
}
