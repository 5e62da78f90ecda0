import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../support/browser.js';
import { approvedClient, signIn } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>alert(1)</script><circle r="9"/></svg>';
/** Bytes that the largest logo may have; the test's is smaller. */
const LARGEST_LOGO = 10_000;
const FIRST_VIEW = 50_000;

describe('Whose pages these are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-brand-'));
  let server: TestServer;

  beforeAll(async () => {
    writeFileSync(join(folder, 'logo.svg'), SVG);
    const env = {
      CHARTKEY_LOGO_FILE: join(folder, 'logo.svg'),
      CHARTKEY_BRAND_COLOUR: '#FFEE00',
      CHARTKEY_HELP_TEXT: 'Call IT at 555-0100 <b>now</b>',
    };
    server = await startServer({ env });
    await setGlobal(server, 'openemr_name', 'Riverside & Sons');
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  const addressesIn = (html: string): string[] =>
    [...html.matchAll(/<(?:link|script|img)\b[^>]*(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address);

  it('is said by name, logo, colour and help on every page, errors included', async () => {
    const browser = new Browser(server.origin);
    for (const path of ['/', '/nowhere']) {
      const { text } = await browser.get(path);
      expect(text).toContain('Riverside &amp; Sons');
      expect(text).toMatch(/<img class="logo" src="\/oauth2\/default\/assets\/logo\?v=[0-9a-f]{16}" alt\/>/);
      expect(text).toMatch(/<link rel="stylesheet" href="\/oauth2\/default\/assets\/brand\.css\?v=[0-9a-f]{16}"/);
      expect(text).toContain('Call IT at 555-0100 &lt;b>now&lt;/b>');
    }
  });

  it('serves the logo as a picture that cannot run anything, to be kept for good', async () => {
    const answer = await fetch(`${server.issuer}/assets/logo`);
    expect(await answer.text()).toBe(SVG);
    expect(answer.headers.get('content-type')).toBe('image/svg+xml');
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    );
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toContain('immutable');
  });

  it('keeps the first view below 50 kB and on this server, even with the largest logo', async () => {
    const client = await approvedClient(server);
    const browser = new Browser(server.origin);
    const signInPage = await browser.open(client.authorizeUrl());
    const consentPage = await signIn(browser, signInPage, CLINICIAN);
    for (const { text } of [signInPage, consentPage]) {
      const addresses = addressesIn(text);
      expect(addresses.length).toBeGreaterThan(3);
      let bytes = Buffer.byteLength(text) + LARGEST_LOGO;
      for (const address of addresses) {
        expect(address).toMatch(/^\/oauth2\/default\/assets\//);
        bytes += (await (await fetch(server.origin + address)).arrayBuffer()).byteLength;
      }
      expect(bytes).toBeLessThan(FIRST_VIEW);
    }
  });
});
