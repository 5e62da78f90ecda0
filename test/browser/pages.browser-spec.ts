import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { ClientListener } from '../support/client-listener.js';
import { approvedClient, type OAuthClient } from '../support/oauth-client.js';
import { layoutFaults, tabTo } from '../support/page-checks.js';
import { CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** Names as long as an EHR and its apps really have: what breaks a narrow page is a long word. */
const APP_NAME = 'Notfallversorgungsdokumentationsassistent of the Example Hospital Group';
const WIDE_SCOPE =
  'openid profile email phone address offline_access fhirUser api:oemr api:fhir user/Patient.read user/Observation.read user/MedicationRequest.read user/patient.write';

describe.each([
  ['a phone', 320, 568],
  ['a wide screen', 1280, 900],
])('The pages on %s (%i px)', (_, width, height) => {
  let server: TestServer;
  let chromium: Chromium;
  let listener: ClientListener;
  let client: OAuthClient;
  let visit: Visit;

  beforeAll(async () => {
    [server, chromium, listener] = await Promise.all([startServer(), Chromium.launch(), ClientListener.start()]);
    client = await approvedClient(server, { client_name: APP_NAME, redirect_uris: [listener.redirectUri], scope: WIDE_SCOPE });
  });

  beforeEach(async () => {
    visit = await chromium.visit({ viewport: { width, height } });
  });

  afterEach(() => visit.close());

  afterAll(async () => {
    await chromium.close();
    await listener.stop();
    await server.stop();
  });

  const authorizeUrl = (more: Record<string, string> = {}): string =>
    client.authorizeUrl({ redirect_uri: listener.redirectUri, scope: WIDE_SCOPE, ...more });

  /** Looks at the page that is shown, and keeps a picture of it. */
  async function expectSound(name: string): Promise<void> {
    await visit.picture(`${name}-${width}`);
    expect(await layoutFaults(visit.page)).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([server.origin]);
  }

  it('shows sign-in, the refusal of a wrong password, and consent', async () => {
    const { page } = visit;
    await page.goto(authorizeUrl());
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.locator('main').textContent()).toContain(APP_NAME);
    await expectSound('sign-in');

    await signIn(page, { ...CLINICIAN, password: 'wrong' });
    await page.getByRole('alert').waitFor();
    expect(await page.evaluate(`document.activeElement.getAttribute('role')`)).toBe('alert');
    await expectSound('sign-in-refused');

    await signIn(page, CLINICIAN);
    await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    await expectSound('consent');
    const stops = await tabTo(page, 'Allow'); // nothing may hide a stop, the bar of buttons included
    expect(stops.length).toBeGreaterThan(WIDE_SCOPE.split(' ').length);
    expect(stops).toContain('Do not allow');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await expectSound('consent-with-technical-names');
    expect(visit.problems).toEqual([]);
  });

  it('asks for the second factor, refuses a wrong code, and takes the right one', async () => {
    const { page } = visit;
    await page.goto(authorizeUrl());
    await signIn(page, TOTP_DOCTOR);
    await page.getByRole('heading', { name: 'Confirm that it is you' }).waitFor();
    await expectSound('second-factor');

    await page.getByLabel('Code from your authenticator app').fill('000000');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('alert').waitFor();
    await expectSound('second-factor-refused');

    const totp = new TOTP({ secret: Secret.fromBase32(TOTP_DOCTOR.totpSecret) });
    await page.getByLabel('Code from your authenticator app').fill(totp.generate({ timestamp: server.clock.now().getTime() }));
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    expect(visit.problems).toEqual([]);
  });

  it('shows an error with its reference where there is nobody to send it to', async () => {
    const answer = await visit.page.goto(authorizeUrl({ client_id: 'nobody' }));
    expect(answer?.status()).toBe(400);
    await visit.page.locator('summary').click();
    await expectSound('error');
    expect(await visit.page.locator('main').textContent()).toContain((await answer?.allHeaders())?.['x-request-id']);
    expect(visit.problems.filter((problem) => !problem.includes('status of 400'))).toEqual([]);
  });

  it('asks before it signs out, and says that it did', async () => {
    const { page } = visit;
    await page.goto(authorizeUrl());
    await signIn(page, CLINICIAN);
    await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    await page.goto(`${server.issuer}/logout`);
    await page.getByRole('heading', { name: 'Sign out?' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('Clara');
    await expectSound('sign-out');

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    await expectSound('signed-out');
    await page.goto(authorizeUrl());
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(visit.problems).toEqual([]);
  });
});

async function signIn(page: Page, person: { username: string; password: string }): Promise<void> {
  await page.getByLabel('User name').fill(person.username);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
