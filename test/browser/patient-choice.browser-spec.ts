import type { BrowserContextOptions } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { ClientListener } from '../support/client-listener.js';
import { type OAuthClient, publicClient } from '../support/oauth-client.js';
import { axeFaults, focusedName, layoutFaults, tabTo } from '../support/page-checks.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid launch/patient patient/Patient.read';
/** A name with a long word, a record without a birth date: what an EHR really has. */
const LONG_NAME = ['Maximiliana-Wolkenkratzerschlossbewohnerin', 'Oberammergau-Unterhaching'] as const;

describe('The page on which staff choose a patient', () => {
  let server: TestServer;
  let chromium: Chromium;
  let listener: ClientListener;
  let client: OAuthClient;

  beforeAll(async () => {
    [server, chromium, listener] = await Promise.all([startServer(), Chromium.launch(), ClientListener.start()]);
    client = await publicClient(server, { redirect_uris: [listener.redirectUri], scope: SCOPE, client_name: 'Growth chart' });
    await server.database.query("INSERT INTO patient_data (pid, pubpid, fname, lname) VALUES (5, 'MRN-0000000000000005', ?, ?)", [
      ...LONG_NAME,
    ]);
  });

  beforeEach(() => listener.forget());

  afterAll(async () => {
    await chromium.close();
    await listener.stop();
    await server.stop();
  });

  /** Opens the page in a window of its own, by keyboard. */
  async function arrive(options: BrowserContextOptions, more: Record<string, string> = {}): Promise<Visit> {
    const visit = await chromium.visit(options);
    await visit.page.goto(client.authorizeUrl({ redirect_uri: listener.redirectUri, scope: SCOPE, ...more }));
    await visit.page.locator('#username:focus').waitFor();
    await visit.page.keyboard.type(CLINICIAN.username);
    await visit.page.locator('#password').focus();
    await visit.page.keyboard.type(CLINICIAN.password);
    await visit.page.keyboard.press('Enter');
    await visit.page.locator('#search:focus').waitFor();
    return visit;
  }

  it('goes by keyboard alone: the focus is where the next thing is said or done', async () => {
    const visit = await arrive({ viewport: { width: 1280, height: 900 } });
    const { page } = visit;
    const { keyboard } = page;
    await keyboard.type('p');
    await keyboard.press('Enter');
    await page.locator('[role=alert]:focus').waitFor();
    expect(await tabTo(page, 'Search for a patient')).toHaveLength(1);
    expect(await page.locator('#search').inputValue()).toBe('p');

    await keyboard.type('nobody at all');
    await keyboard.press('Enter');
    await page.locator('#results:focus').waitFor();
    expect(await focusedName(page)).toBe('No patient found');
    expect(await page.locator('#search').inputValue()).toBe('nobody at all');

    await page.locator('#search').focus();
    await keyboard.press('ControlOrMeta+a');
    await keyboard.type('patient 1980-02-29');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: '1 patient found' }).waitFor();
    await page.locator('#results:focus').waitFor();
    await keyboard.press('Tab');
    expect(await focusedName(page)).toMatch(/^Phil Patient\s+Born 29 February 1980|^Phil Patient\s+Born February 29, 1980/);
    await keyboard.press('Enter');

    await page.getByText('This is about the record of Phil Patient.').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await tabTo(page, 'Choose another patient');
    await keyboard.press('Enter');
    await page.locator('#search:focus').waitFor();
    await page.goBack();
    await tabTo(page, 'Allow');
    await keyboard.press('Enter');
    const code = (await listener.delivery()).parameters.get('code');
    const answer = await client.exchange(code, { redirect_uri: listener.redirectUri });
    expect(answer.body).toMatchObject({ need_patient_banner: true, scope: SCOPE });
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  it.each<[string, BrowserContextOptions, Record<string, string>]>([
    ['on a wide screen', { viewport: { width: 1280, height: 900 } }, {}],
    ['on a phone, in the dark', { viewport: { width: 320, height: 568 }, colorScheme: 'dark' }, {}],
    ['from the right', { viewport: { width: 320, height: 568 } }, { ui_locales: 'ar' }],
  ])('can be seen, reached and read %s', async (name, options, more) => {
    const visit = await arrive(options, more);
    const { page } = visit;
    const address = page.url();
    for (const search of ['', 'p', 'max', 'nobody']) {
      await page.goto(search === '' ? address : `${address}?search=${search}`);
      await visit.picture(`patient-choice-${search || 'recent'}-${name.replaceAll(/\W+/g, '-')}`);
      expect({ search, axe: await axeFaults(page), layout: await layoutFaults(page) }).toEqual({ search, axe: [], layout: [] });
    }
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([server.origin]);
    await visit.close();
  });
});
