import type { PageLanguage } from '../../src/platform/i18n/languages.js';
import { addLanguage, catalogueOf } from '../../src/platform/i18n/translator.js';

/** English in disguise: every letter has an accent, every sentence is 40 % longer. What is still plain on a page was never in a catalogue. */
export const PSEUDO: PageLanguage = { tag: 'en-XA', direction: 'ltr' };

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = [...'áƀçðéƒĝĥîĵķļɱñóþǫŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÎĴĶĻṀÑÓÞǪŔŠŢÛṼŴẊÝŽ'];

addLanguage(
  PSEUDO.tag,
  Object.fromEntries(
    Object.entries(catalogueOf('en')).map(([page, words]) => [
      page,
      Object.fromEntries(Object.entries(words).map(([key, sentence]) => [key, disguise(sentence)])),
    ]),
  ),
);

/** A sentence in disguise; its gaps stay as they are. */
export function disguise(sentence: string): string {
  const letters = sentence.split(/(\{\w+\})/).map((part, index) => (index % 2 === 0 ? [...part].map(accent).join('') : part));
  return `⟦${letters.join('')}${'~'.repeat(Math.ceil(sentence.length * 0.4))}⟧`;
}

function accent(letter: string): string {
  return ACCENTED[PLAIN.indexOf(letter)] ?? letter;
}

/**
 * Text on a rendered page, and in what a screen reader reads, that did not come from a catalogue.
 * Technical names (`<code>`), hosts, dates, and what is marked as being in a language of its own are left out.
 * So is the word by which `Intl` joins a list. The page's model must hold values without plain letters.
 */
export function hardCodedText(html: string): string[] {
  const visible = html
    .replaceAll(/<(code|time)\b[^>]*>.*?<\/\1>/gs, '')
    .replaceAll(/<(a|span|bdi)\b[^>]*\b(?:lang=|class="host")[^>]*>.*?<\/\1>/gs, '');
  const attributes = [...visible.matchAll(/\s(?:alt|title|placeholder|aria-label|label|data-said|content)="([^"]*)"/g)].map(
    ([, value = '']) => value,
  );
  const texts = visible.replaceAll(/<meta\b[^>]*>/g, '').split(/<[^>]*>/);
  return [...texts, ...attributes.filter((value) => !/^(width=|light dark$|noindex$)/.test(value))].filter((text) =>
    /[A-Za-z]/.test(text.replaceAll(/&\w+;|, and |⟧ and ⟦/g, '')),
  );
}
