import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { axeFaults } from '../support/page-checks.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { VirtualAuthenticator } from '../support/virtual-authenticator.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** Over https: what a U2F key signs for is always an https address. */
describe('Passkeys and security keys in a browser', () => {
  let server: TestServer;
  let chromium: Chromium;
  let visit: Visit;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);

  beforeAll(async () => {
    [server, chromium] = await Promise.all([
      startServer({ env: { TLS_CERT_FILE: fixture('localhost.crt'), TLS_KEY_FILE: fixture('localhost.key') } }),
      Chromium.launch(),
    ]);
  });

  beforeEach(async () => {
    visit = await chromium.visit({ ignoreHTTPSErrors: true, viewport: { width: 640, height: 900 } });
    for (const table of ['passkey', 'recovery_code', 'session']) await run(`DELETE FROM oauth2_${table}`);
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
  });

  afterEach(async () => {
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([server.origin]);
    await visit.close();
  });

  afterAll(async () => {
    await chromium.close();
    await server.stop();
  });

  /** Signs in by password, and adds a passkey. */
  async function enrol(): Promise<VirtualAuthenticator> {
    const { page } = visit;
    await page.goto(`${server.origin}/account/factors/passkeys`);
    await signIn(page);
    const key = await VirtualAuthenticator.passkeys(page);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByLabel('Name of the key').fill('Blue laptop');
    await page.getByRole('button', { name: 'Add a passkey or security key' }).click();
    await page.getByRole('heading', { name: 'Recovery codes' }).waitFor();
    return key;
  }

  /** Takes a key's passkeys away, goes somewhere, and puts a key there that is empty until they are put back. */
  async function exchange(old: VirtualAuthenticator, go: () => Promise<void>) {
    const passkeys = await old.credentials();
    await old.remove();
    await go();
    const key = await VirtualAuthenticator.passkeys(visit.page);
    const putBack = async (): Promise<void> => {
      for (const passkey of passkeys) await key.keep(passkey);
    };
    return { key, putBack };
  }

  /** Asks for a key in vain; the page can be used again. */
  async function expectNoKey(button: string): Promise<void> {
    const { page } = visit;
    await page.getByRole('button', { name: button }).click();
    await page.getByText('No key was used.').waitFor();
    expect(await page.locator('[aria-busy]').count()).toBe(0);
  }

  async function signOutAndArrive(): Promise<void> {
    await visit.context.clearCookies();
    await visit.page.goto(`${server.origin}/account/factors`);
  }

  /** @param amr what the session says about how somebody signed in, RFC 8176 */
  async function expectSignedIn(amr: string): Promise<void> {
    await visit.page.getByRole('heading', { name: 'Second step at sign-in' }).waitFor();
    expect(await run('SELECT amr FROM oauth2_session ORDER BY auth_time DESC LIMIT 1')).toEqual([{ amr }]);
  }

  it('are added, and give recovery codes that can be copied and downloaded', async () => {
    const { page, context } = visit;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const key = await enrol();
    expect(await key.credentials()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost', userName: CLINICIAN.username }]);
    expect(await axeFaults(page)).toEqual([]);
    const codes = await page.locator('#recovery-codes li').allInnerTexts();
    expect(codes).toHaveLength(10);
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(String(await page.evaluate('navigator.clipboard.readText()')).split('\n')).toEqual(codes);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download' }).click()]);
    expect(
      readFileSync(await download.path(), 'utf8')
        .trim()
        .split('\n'),
    ).toEqual(codes);
    await page.getByRole('link', { name: 'I have kept them: continue' }).click();
    await page.getByRole('link', { name: 'Blue laptop' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('are a second factor, also after a try with another key', async () => {
    const { page } = visit;
    const another = await exchange(await enrol(), async () => {
      await signOutAndArrive();
      await signIn(page);
      await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    });
    await expectNoKey('Use a passkey or security key');
    expect(await axeFaults(page)).toEqual([]);
    await another.putBack();
    await page.getByRole('button', { name: 'Use a passkey or security key' }).click();
    await expectSignedIn('pwd hwk user mfa');
  });

  it('sign in by a button, without a name, and only whom they recognise', async () => {
    const { page } = visit;
    const another = await exchange(await enrol(), signOutAndArrive);
    await expectNoKey('Sign in with a passkey'); // which also ends what waits for a choice in the field of the user name
    await another.putBack();
    await another.key.setVerifying(false);
    await expectNoKey('Sign in with a passkey');
    await another.key.setVerifying(true);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await expectSignedIn('hwk user mfa');
  });

  it('sign in from the field of the user name: whoever picks one there presses nothing else', async () => {
    await enrol();
    await signOutAndArrive();
    await expectSignedIn('hwk user mfa');
  });

  it('go on working when they were enrolled in the EHR, by its application id', async () => {
    const { page } = visit;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    const id = randomBytes(32);
    const data = JSON.stringify({
      keyHandle: id.toString('base64url'),
      publicKey: point.toString('base64'),
      certificate: 'MIIB',
      counter: 7,
    });
    await run("INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (2, 'Old key', 'U2F', ?, '')", [data]);
    await signOutAndArrive();
    const key = await VirtualAuthenticator.u2f(page);
    await key.keep({
      credentialId: id.toString('base64'),
      isResidentCredential: false,
      rpId: server.origin,
      privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      signCount: 41,
    });
    await signIn(page);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await page.getByRole('button', { name: 'Use a passkey or security key' }).click();
    await expectSignedIn('pwd hwk user mfa');
    expect(await run('SELECT var1 FROM login_mfa_registrations WHERE user_id = 2')).toEqual([
      { var1: data.replace('"counter":7', '"counter":42') },
    ]);
  });
});

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Clinic staff').check();
  await page.getByLabel('User name').fill(CLINICIAN.username);
  await page.getByLabel('Password').fill(CLINICIAN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
