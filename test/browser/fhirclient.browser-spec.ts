import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { Chromium } from '../support/chromium.js';
import { startExample } from '../support/example.js';
import { FhirStandIn } from '../support/fhir-stand-in.js';
import { freePort } from '../support/free-port.js';
import { publicClient } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid fhirUser launch launch/patient patient/Patient.rs';

describe('fhirclient in a browser: the sample app examples/browser-app', () => {
  let fhir: FhirStandIn;
  let server: TestServer;
  let chromium: Chromium;
  let example: Awaited<ReturnType<typeof startExample>>;
  let home: string;
  let settings: string;

  beforeAll(async () => {
    fhir = await FhirStandIn.start();
    [server, chromium] = await Promise.all([startServer({ env: { CHARTKEY_FHIR_URL: fhir.url } }), Chromium.launch()]);
    await fhir.join(server);
    const port = String(await freePort());
    home = `http://localhost:${port}/`;
    example = await startExample('browser-app/serve.js', { PORT: port });
    const { clientId } = await publicClient(server, { client_name: 'Patient card', redirect_uris: [home], scope: SCOPE });
    await server.database.query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [clientId]);
    settings = JSON.stringify({ ...JSON.parse(readFileSync('examples/browser-app/settings.json', 'utf8')), clientId, fhirUrl: fhir.url });
  });

  afterAll(async () => {
    await chromium.close();
    await example.stop();
    await server.stop();
    await fhir.stop();
  });

  async function signIn(page: Page): Promise<void> {
    await page.getByLabel('User name').fill(CLINICIAN.username);
    await page.getByLabel('Password').fill(CLINICIAN.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  it('is started on its own, and reads the patient whom the clinician chose', async () => {
    const visit = await chromium.visit();
    const { page } = visit;
    await page.route('**/settings.json', (route) => route.fulfill({ contentType: 'application/json', body: settings }));
    await page.goto(home);
    await page.getByRole('button', { name: 'Sign in and choose a patient' }).click();
    await signIn(page);
    await page.locator('#search').fill('pending');
    await page.locator('#search').press('Enter');
    await page.getByRole('button', { name: /^Pia Pending/ }).click();
    await page.getByRole('button', { name: 'Allow', exact: true }).click();

    await page.locator('#name', { hasText: 'Pia Pending' }).waitFor();
    expect(await page.locator('#user').textContent()).toBe(`Practitioner/${CLINICIAN.subject}`);
    expect(await page.locator('#born').textContent()).toBe('1991-07-15');
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([new URL(home).origin, server.origin, new URL(fhir.url).origin].sort());
    await visit.close();
  });
});
