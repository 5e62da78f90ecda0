import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RUN_AXE = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' at ' + target.join(' ') + ': ' + failureSummary)))`;

/** Runs in the page; answers with what is wrong, one sentence each. Written as text because this project has no types of a browser. */
const LAYOUT_FAULTS = `(() => {
  const faults = [];
  const root = document.documentElement;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const nameOf = (element) => element.tagName.toLowerCase() + (element.id ? '#' + element.id : '') + (element.className ? '.' + element.className : '');
  if (root.scrollWidth > root.clientWidth) faults.push('scrolls sideways: ' + root.scrollWidth + ' px in ' + root.clientWidth);
  for (const element of document.body.querySelectorAll('*')) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 1 && shown(element) && (left < -1 || right > root.clientWidth + 1)) faults.push(nameOf(element) + ' sticks out');
  }
  if (!root.lang) faults.push('says no language');
  if (!document.title.trim()) faults.push('has no title');
  for (const name of ['h1', 'main']) {
    const count = document.querySelectorAll(name).length;
    if (count !== 1) faults.push('has ' + count + ' ' + name);
  }
  for (const field of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
    const label = [...(field.labels ?? [])].map((element) => element.textContent.trim()).join(' ');
    if (!label && !field.getAttribute('aria-label')) faults.push(nameOf(field) + ' has no label');
  }
  for (const control of document.querySelectorAll('button, a[href], summary')) {
    if (!control.textContent.trim()) faults.push(nameOf(control) + ' has no name');
  }
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push('has two #' + id);
  for (const element of document.querySelectorAll('[aria-describedby], [aria-labelledby]')) {
    const named = ((element.getAttribute('aria-describedby') ?? '') + ' ' + (element.getAttribute('aria-labelledby') ?? '')).split(' ').filter(Boolean);
    for (const id of named) if (!ids.includes(id)) faults.push(nameOf(element) + ' refers to a missing #' + id);
  }
  return faults;
})()`;

const FOCUSED_NAME = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const label = [...(element.labels ?? [])].map((one) => one.textContent.trim()).join(' ');
  return (label && element.tagName !== 'BUTTON' ? label : element.textContent.trim()) || element.id;
})()`;

/** What is wrong with a page at its present width: sideways scrolling, headings, labels, names, references. Empty when it is sound. */
export function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(LAYOUT_FAULTS);
}

/** What axe-core finds against WCAG 2.2 AA and good practice, one sentence each. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE); // by the tool's own channel, which no policy of the page concerns
  return page.evaluate<string[]>(RUN_AXE);
}

/** What can have the focus: of a group of radio buttons the chosen one. */
const CONTROLS = `globalThis.controls = [...document.querySelectorAll('a[href], button:not(:disabled), input:not([type=hidden], :disabled), summary')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && (element.type !== 'radio' || element.checked)); controls.length`;
const AT = 'controls.indexOf(document.activeElement)';
const NAME_AT = '(place) => controls[place].outerHTML.slice(0, 120)';

/** What a person with nothing but a keyboard cannot come to with Tab, as HTML. @see WCAG 2.2 §2.1.1 */
export async function unreachable(page: Page): Promise<string[]> {
  const count = await page.evaluate<number>(CONTROLS);
  await page.evaluate('document.activeElement.blur()');
  const reached = new Set<number>();
  for (let presses = 0; presses < count + 3 && reached.size < count; presses += 1) {
    await page.keyboard.press('Tab');
    reached.add(await page.evaluate<number>(AT));
    reached.delete(-1); // the browser's own controls
  }
  const missed = Array.from({ length: count }, (_, place) => place).filter((place) => !reached.has(place));
  return Promise.all(missed.map((place) => page.evaluate<string>(`(${NAME_AT})(${place})`)));
}

/** Label or text of the element that has the focus; null when none has. */
export function focusedName(page: Page): Promise<string | null> {
  return page.evaluate<string | null>(FOCUSED_NAME);
}

/** Whether a person can see where the focus is: taking it away changes the picture. @see WCAG 2.2 §2.4.7 */
export async function isFocusVisible(page: Page): Promise<boolean> {
  const picture = (): Promise<Buffer> => page.screenshot({ animations: 'disabled', caret: 'hide' });
  const focused = await picture();
  await page.evaluate('globalThis.lastFocus = document.activeElement; lastFocus.blur()');
  const blurred = await picture();
  await page.evaluate('lastFocus.focus({ preventScroll: true })');
  return !focused.equals(blurred);
}

/**
 * Presses Tab until an element of that name has the focus.
 * @returns names of the stops on the way, the last one being the element
 * @throws Error when a stop shows no focus, or the name does not come up
 */
export async function tabTo(page: Page, name: string): Promise<string[]> {
  const stops: string[] = [];
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await focusedName(page);
    if (focused === null) continue; // the browser's own controls
    stops.push(focused);
    if (!(await isFocusVisible(page))) throw new Error(`nobody can see that "${focused}" has the focus`);
    if (focused === name) return stops;
  }
  throw new Error(`Tab does not lead to "${name}" but to ${stops.join(', ')}`);
}
