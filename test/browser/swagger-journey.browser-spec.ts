import type { Page } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('The main job in a browser, starting at Swagger UI', () => {
  let server: TestServer;
  let chromium: Chromium;
  let visit: Visit;

  beforeAll(async () => {
    [server, chromium] = await Promise.all([startServer(), Chromium.launch()]);
    visit = await chromium.visit({ viewport: { width: 1280, height: 900 } });
  });

  afterAll(async () => {
    await chromium.close();
    await server.stop();
  });

  it('signs a clinician in with the built-in client, asks for consent, and calls userinfo with the token', async () => {
    const { page } = visit;
    await page.goto(`${server.origin}/swagger`);
    await page.getByRole('heading', { name: /Chartkey/ }).waitFor();
    await visit.picture('swagger');

    const popup = await openSignIn(visit);
    expect(new URL(popup.url()).origin).toBe(server.origin);
    await popup.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await popup.locator('main').textContent()).toContain('Swagger UI');
    await visit.picture('swagger-sign-in', popup);
    await popup.getByLabel('User name').fill(CLINICIAN.username);
    await popup.getByLabel('Password').fill(CLINICIAN.password);
    await popup.getByRole('button', { name: 'Sign in', exact: true }).click();

    await popup.getByRole('heading', { name: 'Allow access?' }).waitFor();
    expect(await popup.locator('main').textContent()).toContain('Clara');
    await visit.picture('swagger-consent', popup);
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Allow', exact: true }).click();
    await closed;

    await page.getByRole('button', { name: 'Logout' }).first().waitFor();
    await page.getByRole('button', { name: 'Close' }).first().click();
    const answer = await callUserinfo(page);
    expect(answer.status).toBe('200');
    expect(answer.body).toMatchObject({ sub: CLINICIAN.subject, given_name: 'Clara' });
    await visit.picture('swagger-userinfo');
  });

  it('did so without a blocked resource, an error in the console, or a request to anyone else', () => {
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([server.origin]);
  });
});

/** Presses Authorize in Swagger UI and in the section of the OAuth scheme; the sign-in opens in a window of its own. */
async function openSignIn({ page, context }: Visit): Promise<Page> {
  await page.locator('.scheme-container').getByRole('button', { name: 'Authorize' }).click();
  const dialog = page.locator('.dialog-ux .modal-ux');
  const section = dialog
    .locator('.auth-container')
    .filter({ has: page.locator('input#client_id_authorizationCode, input[id^="client_id"]') });
  const popup = context.waitForEvent('page');
  await section.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click();
  return popup;
}

async function callUserinfo(page: Page): Promise<{ status: string; body: unknown }> {
  const operation = page.locator('.opblock-get').filter({ has: page.locator('.opblock-summary-path[data-path$="/userinfo"]') });
  await operation.locator('.opblock-summary-control').click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  const live = operation.locator('.live-responses-table .response').first();
  await live.waitFor();
  await live.scrollIntoViewIfNeeded();
  const status = (await live.locator('.response-col_status').textContent()) ?? '';
  const body = (await live.locator('.highlight-code code, .highlight-code pre').first().textContent()) ?? '';
  return { status: status.trim(), body: JSON.parse(body) };
}
