import { TOTP } from 'otpauth';
import { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import { type Answer, Browser, formOf } from './browser.js';
import { allow, callbackOf, decodeJwt, type OAuthClient, type SignInFields, signIn } from './oauth-client.js';
import type { TestServer } from './start-server.js';

type Fields = Readonly<Record<string, string | undefined>>;

/** Code of an authenticator app at the server's time. @param seconds by which the app's clock is ahead */
export function codeOf(server: TestServer, secret: string, seconds = 0): string {
  return TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: server.clock.now().getTime() + seconds * 1000 });
}

/** The key that a page shows for an authenticator app. */
export function setupKeyOf(page: Answer): string {
  const shown = /class="setup-key"[^>]*>([^<]+)</.exec(page.text)?.[1];
  if (shown === undefined) throw new Error(`no key is shown at ${page.url}: ${wordsOf(page)}`);
  return shown.replaceAll(' ', '');
}

/** The recovery codes on a page. */
export function recoveryCodesOf(page: Answer): string[] {
  return [...page.text.matchAll(/<code>([A-Z2-9-]{19})<\/code>/g)].map(([, code = '']) => code);
}

/** What a person reads on a page. */
export function wordsOf(page: Answer): string {
  return page.text
    .replaceAll(/<(style|script|svg)[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Options for a key, from the address that the page's form names. */
export async function keyOptionsOf(browser: Browser, page: Answer): Promise<Record<string, unknown>> {
  const path = /data-options="([^"]+)"/.exec(page.text)?.[1];
  if (path === undefined) throw new Error(`no key is asked for at ${page.url}: ${wordsOf(page)}`);
  const answer = await browser.get(path);
  if (answer.status !== 200) throw new Error(`no options: ${answer.status} ${wordsOf(answer)}`);
  return JSON.parse(answer.text) as Record<string, unknown>;
}

/** Sends the answer of a key with the form of the page that asks for one. */
export async function sendCredential(browser: Browser, page: Answer, credential: string, more: Fields = {}): Promise<Answer> {
  const form = /<form\b[^>]*data-key[\s\S]*?<\/form>/.exec(page.text)?.[0] ?? '';
  const { action, fields } = formOf({ ...page, text: form });
  const sent = { csrf_token: fields['csrf_token'], credential, ...more };
  return browser.follow(await browser.post(new URL(action, page.url).href, sent));
}

/** Opens a request in a browser and signs a person in by password; the page after it, or the answer at the client. */
export async function arrive(browser: Browser, client: OAuthClient, person: SignInFields, more: Fields = {}): Promise<Answer> {
  const page = await browser.open(client.authorizeUrl(more));
  return page.text.includes('name="password"') ? signIn(browser, page, person) : page;
}

/** Allows everything if that is asked, and exchanges the code: claims of the ID token. */
export async function claimsAfter(browser: Browser, client: OAuthClient, page: Answer): Promise<Record<string, unknown>> {
  const answer = page.location === null ? await allow(browser, page) : page;
  const { status, body } = await client.exchange(callbackOf(answer).get('code'));
  if (status !== 200) throw new Error(`no tokens: ${JSON.stringify(body)}`);
  return decodeJwt(String(body['id_token'])).claims;
}

/** Follows the link of the page of recovery codes. */
export function goOn(browser: Browser, page: Answer): Promise<Answer> {
  const href = /class="button button-primary" href="([^"]+)"/.exec(page.text)?.[1];
  if (href === undefined) throw new Error(`no way on at ${page.url}: ${wordsOf(page)}`);
  return browser.open(new URL(href, page.url).href);
}

/** Opens what the EHR has sealed. */
export function opened(server: TestServer, text: string): string {
  return server.app.get(EhrSite).secretBox.open(text);
}
