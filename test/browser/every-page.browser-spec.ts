import type { BrowserContextOptions } from 'playwright-core';
import { Chromium, type Visit } from '../support/chromium.js';
import { axeFaults, layoutFaults, unreachable } from '../support/page-checks.js';
import { SAMPLE_PAGES } from '../support/sample-pages.js';
import { SampleServer } from '../support/sample-server.js';
import { TEST_DATABASE } from '../support/start-server.js';

/** The least size of a target, in CSS pixels. @see WCAG 2.2 §2.5.8 */
const SMALL_TARGETS = `[...document.querySelectorAll('button, .colophon a, .choices a, summary, label.check, .switch label, input:not([type=hidden], [type=checkbox], [type=radio])')]
  .filter((element) => element.checkVisibility())
  .filter((element) => { const { width, height } = element.getBoundingClientRect(); return width < 24 || height < 24; })
  .map((element) => element.outerHTML.slice(0, 120))`;

const NAMES = Object.keys(SAMPLE_PAGES);
/** The page that posts by itself leaves at once; its looks are those of its neighbours. */
const EVERY = NAMES.map((name, index) => ({ name, index })).filter(({ name }) => !name.startsWith('FormPost'));
/** What shows all colours. */
const COLOURFUL = EVERY.filter(({ name }) => /^(HomePage|SignInPage refused|ConsentPage with news)$/.test(name));

interface Way {
  readonly pages: typeof EVERY;
  readonly way: string;
  readonly query: string;
  readonly options: BrowserContextOptions;
}

/** 320 px is also what 1280 px are at a zoom of 400 % (WCAG 2.2 §1.4.10). */
const WAYS: readonly Way[] = [
  { way: 'light', pages: EVERY, query: 'language=en', options: { viewport: { width: 1280, height: 800 } } },
  { pages: EVERY, way: 'dark, at 320 px', query: 'language=de', options: { viewport: { width: 320, height: 568 }, colorScheme: 'dark' } },
  { pages: EVERY, way: 'from right to left, at 320 px', query: 'language=ar', options: { viewport: { width: 320, height: 568 } } },
  {
    pages: COLOURFUL,
    way: 'in forced colours, 40 % longer',
    query: 'language=en-XA',
    options: { viewport: { width: 640, height: 800 }, forcedColors: 'active' },
  },
  {
    pages: COLOURFUL,
    way: 'in the colours of a clinic, dark',
    query: 'language=he&brand=1',
    options: { viewport: { width: 800, height: 800 }, colorScheme: 'dark' },
  },
  {
    pages: COLOURFUL,
    way: 'in the colours of a clinic',
    query: 'language=fr&brand=1',
    options: { viewport: { width: 320, height: 800 }, reducedMotion: 'reduce' },
  },
];

/** The samples know no database: when the run is about the second one, one way of looking is enough. */
const LOOKED_AT = TEST_DATABASE === 'embedded' ? WAYS : WAYS.slice(-1);

let server: SampleServer;
let chromium: Chromium;

beforeAll(async () => {
  [server, chromium] = await Promise.all([SampleServer.start(), Chromium.launch()]);
});

afterAll(async () => {
  await chromium.close();
  await server.stop();
});

describe.each(LOOKED_AT)('The pages, $way', ({ way, query, options, pages }) => {
  let visit: Visit;

  beforeAll(async () => {
    visit = await chromium.visit(options);
  });

  afterAll(() => visit.close());

  it.each(pages)('can be read, reached and used: $name', async ({ name, index }) => {
    const { page } = visit;
    await page.goto(`${server.origin}/${index}?${query}`);
    await visit.picture(`${name}-${way}`.replaceAll(/\W+/g, '-'));
    expect(await layoutFaults(page)).toEqual([]);
    expect(await page.evaluate(SMALL_TARGETS)).toEqual([]);
    expect(await axeFaults(page)).toEqual([]);
    if (way === 'light') expect(await unreachable(page)).toEqual([]);
    expect(visit.problems).toEqual([]); // the content security policy speaks here as well
    expect(visit.requestedOrigins()).toEqual([server.origin]);
  });
});

describe('The script of the pages', () => {
  let visit: Visit;
  const open = (name: string, query = ''): Promise<unknown> =>
    visit.page.goto(`${server.origin}/${NAMES.indexOf(name)}?language=en${query}`);

  beforeEach(async () => {
    visit = await chromium.visit();
  });

  afterEach(() => visit.close());

  it('shows a password and hides it again, in words', async () => {
    const { page } = visit;
    await open('SignInPage');
    const field = page.locator('#password');
    await field.fill('secret');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await field.getAttribute('type')).toBe('text');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hide password' }).click();
    expect([await field.getAttribute('type'), await field.inputValue()]).toEqual(['password', 'secret']);
    expect(visit.problems).toEqual([]);
  });

  it('copies a text and says so', async () => {
    const { page, context } = visit;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const body =
      '<p id="codes">1234 5678</p><button type="button" data-copy="codes" data-copied="Copied" hidden>Copy</button><script src="/assets/pages.js"></script>';
    await page.route('**/copy', (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(`${server.origin}/copy`);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe('1234 5678');
  });

  it('sends a form once, however often its button is pressed', async () => {
    const { page } = visit;
    let sent = 0;
    await page.route('**/here', async (route) => {
      sent += 1;
      await route.fulfill({ status: 204 });
    });
    await open('LogoutPage');
    const stay = page.getByRole('button', { name: 'Stay signed in' });
    await Promise.all([page.waitForRequest('**/here'), stay.click()]);
    await stay.click();
    await page.evaluate('document.querySelector("form").requestSubmit()');
    expect(sent).toBe(1);
  });

  it('warns before a page expires, gives more time, and says when it is over', async () => {
    const { page } = visit;
    await page.clock.install();
    await page.route('**/more', (route) => route.fulfill({ contentType: 'application/json', body: '{"expires_in":600}' }));
    await open('SignInPage', '&idle=600');
    const warning = page.locator('.idle');
    await page.clock.runFor(479_000);
    expect(await warning.isVisible()).toBe(false);
    await page.clock.runFor(2000);
    expect(await warning.textContent()).toMatch(/This page expires in 1:59|This page expires in 2:00/);
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'I need more time' }).click();
    await warning.waitFor({ state: 'hidden' });
    await page.clock.runFor(601_000);
    expect(await warning.textContent()).toContain('This page has expired.');
    expect(visit.problems).toEqual([]);
  });
});
