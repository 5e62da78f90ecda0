import i18next, { type i18n } from 'i18next';
import { CATALOGUES } from './catalogues/catalogues.js';
import { ENGLISH, LANGUAGES } from './languages.js';

const NAMESPACE = 'pages';

/** Finds sentences: the language, its plural form for a number, English where a sentence is missing. Gaps are filled elsewhere. */
export const translator: i18n = i18next.createInstance();

void translator.init({
  initAsync: false, // everything is at hand
  lng: ENGLISH.tag,
  fallbackLng: ENGLISH.tag,
  ns: NAMESPACE,
  defaultNS: NAMESPACE,
  nsSeparator: false,
  resources: Object.fromEntries(LANGUAGES.map(({ tag }) => [tag, { [NAMESPACE]: catalogueOf(tag) }])),
});

/** All sentences of a language by page and key. */
export function catalogueOf(tag: (typeof LANGUAGES)[number]['tag']): Record<string, Readonly<Record<string, string>>> {
  return Object.fromEntries(Object.entries(CATALOGUES).map(([page, languages]) => [page, languages[tag]]));
}

/** Adds a language that is not offered to anyone, such as the one of tests. */
export function addLanguage(tag: string, catalogue: Readonly<Record<string, Readonly<Record<string, string>>>>): void {
  translator.addResourceBundle(tag, NAMESPACE, catalogue);
}
