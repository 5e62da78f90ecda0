import type { BrowserContextOptions, Page } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { ClientListener } from '../support/client-listener.js';
import { type OAuthClient, publicClient } from '../support/oauth-client.js';
import { focusedName, isFocusVisible, tabTo } from '../support/page-checks.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid profile offline_access api:fhir';

describe('Ways through the code flow', () => {
  let server: TestServer;
  let chromium: Chromium;
  let listener: ClientListener;
  let client: OAuthClient;

  beforeAll(async () => {
    [server, chromium, listener] = await Promise.all([startServer(), Chromium.launch(), ClientListener.start()]);
    client = await publicClient(server, { redirect_uris: [listener.redirectUri], scope: SCOPE });
  });

  beforeEach(() => listener.forget());

  afterAll(async () => {
    await chromium.close();
    await listener.stop();
    await server.stop();
  });

  const authorizeUrl = (more: Record<string, string> = {}): string =>
    client.authorizeUrl({ redirect_uri: listener.redirectUri, scope: SCOPE, ...more });

  /** Opens the sign-in page in a window of its own. */
  async function arrive(more: Record<string, string> = {}, options: BrowserContextOptions = {}): Promise<Visit> {
    const visit = await chromium.visit({ viewport: { width: 1280, height: 900 }, ...options });
    await visit.page.goto(authorizeUrl(more));
    await visit.page.locator('#username:focus').waitFor(); // the browser moves the focus there some time after loading
    return visit;
  }

  /** What the client got is a code for exactly this request, and it can be exchanged. */
  async function expectCode(method: 'GET' | 'POST'): Promise<void> {
    const delivery = await listener.delivery();
    expect({ ...delivery, parameters: Object.fromEntries(delivery.parameters) }).toEqual({
      method,
      parameters: { code: expect.any(String), state: 'the state', iss: server.issuer },
    });
    const answer = await client.exchange(delivery.parameters.get('code'), { redirect_uri: listener.redirectUri });
    expect(answer).toMatchObject({ status: 200, body: { scope: SCOPE } });
  }

  /** Neither the pages nor the way they were left went to anyone but the server and the client. */
  function expectClean(visit: Visit): void {
    expect(visit.problems).toEqual([]);
    expect(visit.requestedOrigins()).toEqual([listener.origin, server.origin].sort());
  }

  it('goes by keyboard alone, and shows where the focus is at every stop', async () => {
    const visit = await arrive();
    const { page } = visit;
    const { keyboard } = page;
    expect(await isFocusVisible(page)).toBe(true);
    await keyboard.type(CLINICIAN.username);
    await tabTo(page, 'Password');
    await keyboard.type(CLINICIAN.password);
    expect(await tabTo(page, 'Cancel')).toEqual(['Show password', 'Sign in', 'Cancel']);
    await keyboard.press('Shift+Tab');
    expect(await focusedName(page)).toBe('Sign in');
    await keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    const stops = await tabTo(page, 'Allow');
    expect(stops).toEqual(expect.arrayContaining([expect.stringMatching(/FHIR/), 'Do not allow']));
    await keyboard.press('Enter');
    await expectCode('GET');
    expectClean(visit);
    await visit.close();
  });

  it('sends the sign-in form with Enter in the password field', async () => {
    const visit = await arrive();
    await visit.page.keyboard.type(CLINICIAN.username);
    await tabTo(visit.page, 'Password');
    await visit.page.keyboard.type(CLINICIAN.password);
    await visit.page.keyboard.press('Enter');
    await visit.page.getByRole('heading', { name: 'Allow access?' }).waitFor();
    await visit.close();
  });

  it('needs no JavaScript', async () => {
    const visit = await arrive({}, { javaScriptEnabled: false });
    await signIn(visit.page);
    await allow(visit.page);
    await expectCode('GET');
    expectClean(visit);
    await visit.close();
  });

  it('posts the answer to the client by itself when the client wants a form post', async () => {
    const visit = await arrive({ response_mode: 'form_post' });
    await signIn(visit.page);
    await allow(visit.page);
    await expectCode('POST');
    expectClean(visit);
    expect(listener.deliveries).toHaveLength(1);
    await visit.close();
  });

  it('offers a button for the form post where there is no JavaScript', async () => {
    const visit = await arrive({ response_mode: 'form_post' }, { javaScriptEnabled: false });
    await signIn(visit.page);
    await allow(visit.page);
    await visit.page.getByRole('heading', { name: 'Taking you back' }).waitFor();
    expect(listener.deliveries).toHaveLength(0);
    await visit.picture('form-post');
    await visit.page.getByRole('button', { name: 'Continue' }).click();
    await expectCode('POST');
    expectClean(visit);
    await visit.close();
  });

  it('takes a refusal to the client', async () => {
    const visit = await arrive();
    await signIn(visit.page);
    await visit.page.getByRole('button', { name: 'Do not allow' }).click();
    const { parameters } = await listener.delivery();
    expect(Object.fromEntries(parameters)).toMatchObject({ error: 'access_denied', state: 'the state', iss: server.issuer });
    expectClean(visit);
    await visit.close();
  });

  it.each([
    ['with JavaScript', true],
    ['without JavaScript', false],
  ])('takes a double click on Allow for one, %s', async (_, javaScriptEnabled) => {
    const visit = await arrive({}, { javaScriptEnabled });
    await signIn(visit.page);
    await visit.page.getByRole('button', { name: 'Allow', exact: true }).dblclick({ noWaitAfter: true });
    await expectCode('GET');
    await visit.page.getByRole('heading', { name: 'Back at the app' }).waitFor();
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  it('takes a double click on Sign in for one', async () => {
    const visit = await arrive();
    await visit.page.getByLabel('User name').fill(CLINICIAN.username);
    await visit.page.getByLabel('Password').fill(CLINICIAN.password);
    await visit.page.getByRole('button', { name: 'Sign in', exact: true }).dblclick({ noWaitAfter: true });
    await allow(visit.page);
    await expectCode('GET');
    expect(visit.problems).toEqual([]);
    await visit.close();
  });

  it('shows a calm page to whoever goes back after the answer, and gives no second code', async () => {
    const visit = await arrive();
    const { page } = visit;
    await signIn(page);
    await allow(page);
    await page.getByRole('heading', { name: 'Back at the app' }).waitFor();
    const answer = await page.goBack();
    expect(answer?.status()).toBeLessThan(500);
    expect(new URL(page.url()).origin).toBe(server.origin);
    await visit.picture('back-after-answer');
    expect(await page.locator('form').count()).toBe(0);
    expect(await page.locator('main').textContent()).toMatch(/start again|already/i);
    expect(listener.deliveries).toHaveLength(1);
    await visit.close();
  });
});

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('User name').fill(CLINICIAN.username);
  await page.getByLabel('Password').fill(CLINICIAN.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
}

async function allow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
}
