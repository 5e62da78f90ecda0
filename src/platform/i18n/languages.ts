/** A language of the pages. */
export interface Language {
  /** BCP 47. */
  readonly tag: string;
  /** What its speakers call it: the switcher shows this. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** Whether somebody who speaks it at work in a clinic has read its catalogue. docs/languages.md tells how. */
  readonly isReviewed: boolean;
  /** How the names of the language begin in the EHR (`lang_languages.lang_description`), such as `Spanish (Latin American)`. */
  readonly ehrName: string;
}

/** Every language that has a catalogue, in the order of the switcher. Discovery publishes the tags (`ui_locales_supported`). */
export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr', isReviewed: true, ehrName: 'English' },
  { tag: 'es', name: 'Español', direction: 'ltr', isReviewed: false, ehrName: 'Spanish' },
  { tag: 'fr', name: 'Français', direction: 'ltr', isReviewed: false, ehrName: 'French' },
  { tag: 'de', name: 'Deutsch', direction: 'ltr', isReviewed: false, ehrName: 'German' },
  { tag: 'pt-BR', name: 'Português (Brasil)', direction: 'ltr', isReviewed: false, ehrName: 'Portuguese' },
  { tag: 'ar', name: 'العربية', direction: 'rtl', isReviewed: false, ehrName: 'Arabic' },
  { tag: 'he', name: 'עברית', direction: 'rtl', isReviewed: false, ehrName: 'Hebrew' },
] as const satisfies readonly Language[];

export type LanguageTag = (typeof LANGUAGES)[number]['tag'];

/** Language tag (BCP 47) and writing direction of a page's text. */
export type PageLanguage = Pick<Language, 'tag' | 'direction'>;

/** The source of all catalogues, and what is left when nothing else fits. */
export const ENGLISH = LANGUAGES[0];

/** The language with exactly this tag; null when there is none. */
export function findLanguage(tag: string): Language | null {
  return LANGUAGES.find((language) => language.tag === tag) ?? null;
}
