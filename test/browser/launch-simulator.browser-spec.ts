import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { axeFaults, layoutFaults } from '../support/page-checks.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

/** There nobody has to be signed in before. */
const IS_DEMO = TEST_DATABASE === 'embedded';
const PIA = '9a1b0000-0001-4000-8000-000000000202';

/** Runs a command as it was copied. @returns what it printed */
async function inShell(command: string): Promise<string> {
  return (await promisify(execFile)('bash', ['-c', command])).stdout;
}

describe('The launch simulator in a browser', () => {
  let server: TestServer;
  let chromium: Chromium;
  let visit: Visit;
  let page: Page;

  beforeAll(async () => {
    [server, chromium] = await Promise.all([startServer({ env: { CHARTKEY_LAUNCH_SIMULATOR: 'on' } }), Chromium.launch()]);
  });
  afterAll(async () => {
    await chromium.close();
    await server.stop();
  });
  beforeEach(async () => {
    visit = await chromium.visit();
    await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    ({ page } = visit);
  });
  afterEach(() => visit.close());

  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const step = (name: string): Locator => page.locator(`[data-step="${name}"]`);
  const said = async (name: string, part: string): Promise<Record<string, unknown>> => {
    const text = (await step(name).locator(`[data-part="${part}"] code`).textContent()) ?? '';
    return JSON.parse(text.replace(/^\d{3} .*/, '')) as Record<string, unknown>;
  };
  const copied = async (name: string): Promise<string> => {
    await step(name).locator('[data-curl]').click();
    await step(name).getByRole('button', { name: 'Copied' }).waitFor();
    return page.evaluate<string>('navigator.clipboard.readText()');
  };
  const signIn = async (): Promise<void> => {
    await page.getByLabel('User name').fill(CLINICIAN.username);
    await page.getByLabel('Password').fill(CLINICIAN.password);
    await press('Sign in');
  };
  /** Signs in where the page asks for it. */
  const enter = async (host = 'localhost'): Promise<void> => {
    await page.goto(`${server.origin.replace('localhost', host)}/launch`);
    if (!IS_DEMO) await signIn();
    await page.waitForURL(`${server.origin}/launch`);
  };

  it('starts an app from the chart, and shows what the app is told about person and patient', async () => {
    await enter(IS_DEMO ? '127.0.0.1' : 'localhost'); // by another name of this machine people are led to the right one
    await page.getByLabel('Search for a patient').fill('phil');
    await press('Search');
    await page.getByLabel(/^Phil Patient/).check();
    await press('Start');
    await page.getByRole('button', { name: 'Go on to the sign-in' }).waitFor();
    expect(JSON.parse(await inShell(await copied('discovery')))).toMatchObject({ issuer: server.issuer });
    await press('Go on to the sign-in');
    if (IS_DEMO) {
      expect(await page.getByLabel('User name').inputValue()).toBe(CLINICIAN.username);
      await signIn();
    }
    await press('Allow');

    await page.getByRole('button', { name: 'Exchange the code' }).waitFor();
    expect(page.url()).toBe(`${server.origin}/launch/callback`); // without the code
    const exchange = await copied('token');
    await press('Exchange the code');
    await step('refresh').getByRole('button', { name: 'Refresh the tokens' }).waitFor();
    expect(await said('token', 'answer')).toMatchObject({ patient: PATIENT.subject, need_patient_banner: false, token_type: 'Bearer' });
    expect(await said('accessToken', 'payload')).toMatchObject({ sub: CLINICIAN.subject, iss: server.issuer });
    expect(await said('idToken', 'payload')).toMatchObject({ fhirUser: expect.stringContaining(`Practitioner/${CLINICIAN.subject}`) });
    expect(await page.getByText('The signature is that of the server’s key.').count()).toBe(2);
    expect(await said('userinfo', 'answer')).toMatchObject({ sub: CLINICIAN.subject });
    expect(await said('introspection', 'answer')).toMatchObject({ active: true, patient: PATIENT.subject });
    expect([await layoutFaults(page), await axeFaults(page)]).toEqual([[], []]);
    await visit.picture('launch-simulator');

    expect(JSON.parse(await inShell(await copied('introspection')))).toMatchObject({ active: true, patient: PATIENT.subject });
    await press('Refresh the tokens');
    await step('refresh').locator('[data-part="answer"]').waitFor();
    expect(await said('refresh', 'answer')).toMatchObject({ patient: PATIENT.subject });
    expect(JSON.parse(await inShell(exchange))).toMatchObject({ error: 'invalid_grant' }); // good once: whoever sends it again ends all of it
    expect(JSON.parse(await inShell(await copied('introspection')))).toMatchObject({ active: false });
    expect(visit.problems).toEqual([]);
    expect(await page.evaluate('sessionStorage.length')).toBe(0);

    await page.reload();
    await page.getByText('belongs to no launch of this window').waitFor();
  });

  it('starts an app on its own: its command gets the tokens, for the patient who was chosen on the way', async () => {
    await enter();
    await page.getByLabel('On its own, with a patient').check();
    expect(await page.getByLabel('Search for a patient').isVisible()).toBe(false);
    await press('Start');
    await press('Go on to the sign-in');
    if (IS_DEMO) await signIn();
    await page.locator('#search').fill('pending');
    await page.locator('#search').press('Enter');
    await page.getByRole('button', { name: /^Pia Pending/ }).click();
    await press('Allow');
    await page.getByRole('button', { name: 'Exchange the code' }).waitFor();
    expect(JSON.parse(await inShell(await copied('token')))).toMatchObject({ patient: PIA, need_patient_banner: true });
    expect(visit.problems).toEqual([]);
  });

  it('shows what the server says against a request without PKCE', async () => {
    await enter();
    await page.getByLabel('On its own, without a patient').check();
    await page.getByLabel('Send a PKCE challenge').uncheck();
    await press('Start');
    await press('Go on to the sign-in');
    await step('authorize').locator('[data-part="answer"]').waitFor();
    expect(await said('authorize', 'answer')).toMatchObject({ error: 'invalid_request' });
    expect(await step('token').isVisible()).toBe(false);
  });
});
