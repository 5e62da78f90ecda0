import { Chromium, type Visit } from '../support/chromium.js';
import { approvedClient } from '../support/oauth-client.js';
import { layoutFaults } from '../support/page-checks.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const PAGES = [
  '/account',
  '/account/apps',
  '/account/all-apps',
  '/account/sessions',
  '/account/other-sessions',
  '/account/history',
  '/account/password',
];

/** Looked at on the narrowest screen, without JavaScript, from the left and from the right. */
describe('The account pages on a phone, without JavaScript', () => {
  let server: TestServer;
  let chromium: Chromium;
  let visit: Visit;

  beforeAll(async () => {
    [server, chromium] = await Promise.all([startServer(), Chromium.launch()]);
    visit = await chromium.visit({ viewport: { width: 320, height: 568 }, javaScriptEnabled: false });
  });

  afterAll(async () => {
    await visit.close();
    await chromium.close();
    await server.stop();
  });

  it('are reached by the keyboard alone', async () => {
    const { page } = visit;
    await page.goto(`${server.origin}/account/sessions`);
    await page.getByLabel('Clinic staff').check();
    await page.getByLabel('User name').focus();
    await page.keyboard.type(CLINICIAN.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(CLINICIAN.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor();
    expect(await page.getByText('This device').count()).toBe(1);
    await page.getByRole('link', { name: 'Password', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Change password' }).waitFor();
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password', { exact: true }).fill('Another#Demo2');
    await page.getByLabel('New password once more').fill('Another#Demo2');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toContain('Error');
  });

  it.each(['en', 'ar'])('fit, have names and labels, and keep the policy of their headers (%s)', async (tag) => {
    const client = await approvedClient(server, { client_name: 'Notfallversorgungsdokumentationsassistent of the Example Hospital Group' });
    await client.tokens({}, CLINICIAN);
    for (const path of PAGES) {
      const answer = await visit.page.goto(`${server.origin}${path}?chartkey_language=${tag}`);
      expect([path, answer?.status(), new URL(visit.page.url()).pathname]).toEqual([path, 200, path]);
      await visit.picture(`account-${tag}-${path.slice(1).replaceAll('/', '-')}`);
    }
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([server.origin]);
  });

  it('fit into the narrow screen', async () => {
    const scripted = await chromium.visit({ viewport: { width: 320, height: 568 } });
    await scripted.context.addCookies(await visit.context.cookies());
    for (const path of PAGES) {
      await scripted.page.goto(`${server.origin}${path}`);
      expect([path, await layoutFaults(scripted.page)]).toEqual([path, []]);
    }
    await scripted.close();
  });
});
